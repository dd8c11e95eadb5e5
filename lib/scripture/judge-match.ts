/** A match of the parser, with its context. */
export type Match = {
  /** The name of the book as written, with its number: "1 Cor", "is". */
  name: string
  /** Whether the book is one of several of its name, such as 1 Samuel. */
  isNumbered: boolean
  /** Whether the match has a verse or the word "chapter", not only a number. */
  hasVerse: boolean
  /** The text up to the reference, and after it. */
  before: string
  after: string
}

const words = (text: string) => new Set(text.split(' '))

// Short forms of two letters without another meaning. Other short forms of two letters need a verse and a capital.
const clearPairs = words('gn ex lv nm dt ps mt mk lk jn rm ro ep hb zc hg jl dn jb rv')
// Short forms that are also words, names of other things or months.
const doubtfulForms = words(
  'song songs mic pro act est mar jon jam lam php ecc jud ezr eze hos nam nah pss num number sos can so',
)
// Of these, the ones that mean a book where a name or a part of it has nothing else: "Hos 11".
const standingForms = words('jon hos ezr eze ecc lam php nah jam')
const standsAlone = (before: string, after: string) =>
  /(?:^|[¤|–—-])\s*$/.test(before) && /^\s*(?:$|[,;:|¤–—-])/.test(after)
const nounBooks = words('mark acts job numbers judges kings proverbs')
const nameBooks = words(
  'mark john james luke joel amos daniel dan esther phil titus jude jonah micah matthew matt mat ruth ezra nehemiah samuel ' +
    'jeremiah josh joshua isaiah job gen rev num lev col gal jon hosea malachi zechariah haggai ezekiel phm',
)
const shortForms = words('gen rev num lev col gal phm ex')
const volume = /^(?:[123](?:\s?(?:st|nd|rd)\b)?\.?|i{1,3}\b\.?|first\b|second\b|third\b)\s*/i
const doubtfulNumbered = words('pt ch co th sa ti ki jo')

const honorific =
  /(?:^|[^\p{L}])(?:pastor|pr|ps|rev|revd|reverend|dr|mr|mrs|ms|miss|brother|bro|sister|sis|elder|deacon|fr|father|bishop|minister|uncle|aunt|king|sir|lord|evangelist|apostle|prophet)\.?\s*$/iu
const cue =
  /(?:^|[([{"“‘'`,;:|/¤–—-]|[.!?]|(?:^|[^\p{L}])(?:in|on|from|see|read|reading|of|to|at|cf|by|with|and|or|through|book|gospel|turn|open|study|studying|series|sermon|text|passage|about|as|our|is|preach|preached|preaching))\s*$/iu
/** "Her job 2", "a new job": the word is the thing. */
const owned =
  /(?:^|[^\p{L}])(?:my|your|his|her|our|their|an?|new|old|good|dream|first|next|last|every|no)\s*$/iu
const strongCue =
  /\b(?:turn|open|go|going|look|read|back|over|bibles?|reading|book|gospel)\b[^.!?]{0,25}\b(?:to|in|at|from|of)\s*$/i
const counted =
  /^\s*(?:of\b|(?:more |other |different |big |great |key |simple )?(?:things?|people|persons?|reasons?|ways?|days?|weeks?|months?|years?|times?|points?|men|women|man|woman|hours?|hrs|mins?|minutes?|seconds?|percent|%|steps?|parts?|items?|dollars?|pounds?|euros?|kids?|children|songs?|volumes?|chapters|services?|copies|pages?|miles?|openings?|stars?|goals?|verses|cups?|degrees|o['’]clock|st|nd|rd|th)(?!\s*#?\d)(?:[^\p{L}]|$))/iu
const follows =
  /^(?:\s*(?:$|[.,;:!?)\]}"”’'|/&¤–—-])|\s+(?:and|or|to|through|thru|says?|said|tells?|teach(?:es)?|shows?|reads?|speaks?|on|is|was|about|with|for|in|from|verses?|vv?|vs|cf|compared?|fulfils?|fulfilled|quoted?|sermons?|study|part|pt|that|we|where|when|which|the|explained|meaning|commentary|niv|esv|kjv|nkjv|nasb|nlt|nrsv)(?:[^\p{L}]|$))/iu

/**
 * Whether a match of the parser is really a reference. Short forms and names of books are also English words, people
 * and months, so the words around them decide: "is 4", "AM 10-03", "Pastor Dan 3" and "Mark 3 things" are not
 * references.
 */
export function judgeMatch({ name, isNumbered, hasVerse, before, after }: Match): boolean {
  const numbered = volume.test(name)
  const base = name.replace(volume, '').replace(/[.\s]+$/, '')
  const lower = base.toLowerCase()
  if (isNumbered && !numbered) return false
  if (numbered && isNumbered) {
    if (!hasVerse && doubtfulNumbered.has(lower) && !cue.test(before)) return false
    return hasVerse || !counted.test(after)
  }
  if (!hasVerse && counted.test(after)) return false
  const isShouted = base === base.toUpperCase() && base.length > 1
  const isLower = base === lower
  const isDoubtful = doubtfulForms.has(lower) || (base.length <= 2 && !clearPairs.has(lower))
  if (isDoubtful) {
    if (standingForms.has(lower) && !isLower && !isShouted && standsAlone(before, after)) return true
    if (!hasVerse || isLower || (isShouted && base.length <= 2)) return false
    if (/(?:^|\s)I\s*$/.test(before)) return false
    return base.length > 2 || follows.test(after)
  }
  if (hasVerse) return true
  if (nameBooks.has(lower) && honorific.test(before)) return false
  if (nounBooks.has(lower)) {
    if (owned.test(before)) return false
    if (isLower && strongCue.test(before)) return true
    if (isLower && before.trim() === '') return /^\s*(?:$|[.,;:!?)])/.test(after)
    if (isLower) return cue.test(before) && follows.test(after)
    return follows.test(after) || !/^\s+\p{Ll}/u.test(after)
  }
  if (isLower && nameBooks.has(lower)) {
    return cue.test(before) || (!shortForms.has(lower) && follows.test(after))
  }
  return true
}
