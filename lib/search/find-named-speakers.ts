import { foldWord, wordsOfText } from './words-of-text.ts'

/** The speakers that a query names. */
export type NamedSpeakers = {
  /** Their names as they are stored; several where the query names several, or does not tell them apart. */
  names: ReadonlySet<string>
  /** The words of the query that belong to a name or to a title before it, by their places. */
  positions: ReadonlySet<number>
  /** Words that only say that this person speaks: “according to”, “teach”. */
  around: ReadonlySet<number>
  /** A preacher that the query names and the library does not have, such as “smith”; null otherwise. */
  unknown: string | null
}

const pastorTitles = new Set(
  `pastor pst pr rev revd reverend dr doctor prof professor bishop archbishop vicar canon deacon preacher minister
  chaplain pastora pasteur pfarrer`.split(/\s+/),
)
/** They stand before other names too: “his brother Andrew”. */
const otherTitles = new Set('brother bro sister sr elder father fr mr mrs ms miss'.split(' '))
const suffixes = new Set('jr sr ii iii iv phd dd'.split(' '))

/** Verbs of which the preacher is the subject: “What did … say”. */
const speaking = new Set(
  `say says said saying teach teaches taught preach preaches preached preaching think thinks thought believe believes believed
  explain explains explained describe describes described talk talks talked speak speaks spoke spoken tell tells
  told write writes wrote written pray prayed prays advise advises advised recommend recommends recommended mention mentions
  mentioned answer answers answered warn warns warned define defines defined quote quotes quoted share shares shared interpret
  interprets interpreted claim claims claimed suggest suggests
  suggested comment comments commented argue argues argued urge urges urged`.split(/\s+/),
)
/** Of the verbs, these are also the subject of sermons. */
const subjectVerbs = new Set('pray prayed prays'.split(' '))
const auxiliaries = new Set('did does do has have had would could can'.split(' '))
/** What a preacher has: “Reed sermons on prayer”, “the view of Reed”. */
const works = new Set(
  `sermon sermons message messages talk talks teaching teachings preaching view views opinion opinions thoughts words quote quotes
  advice position take understanding interpretation definition approach anything something everything`.split(
    /\s+/,
  ),
)
/** Words between the verb and the name, and after the name before the verb. */
const between = new Set('ever also actually really once already specifically himself herself'.split(' '))
const articles = new Set('the a an our my your his her their this that'.split(' '))
const LONGEST_NAME = 6
const LEAST_MISSPELLED = 4

/** A single name that the Bible has too is that of its person: “What did Paul say about marriage?” */
const people = new Set(
  `aaron abel abraham adam amos andrew anna barnabas bartholomew benjamin caleb cain christ cornelius daniel david deborah eli elijah
  elisha elizabeth enoch esau esther eve ezekiel ezra gabriel gideon god habakkuk hagar haggai hannah herod hezekiah hosea isaac
  isaiah ishmael israel jacob james jehovah jeremiah jesus jethro jezebel joanna job joel john jonah jonathan joseph joshua josiah
  jude judah judas laban lazarus leah levi lord lot lucifer luke lydia malachi mark martha mary matthew melchizedek micah michael
  miriam mordecai moses naaman nahum naomi nathan nebuchadnezzar nehemiah nicodemus noah obadiah paul peter philemon philip
  pilate priscilla rachel rahab rebecca reuben ruth samson samuel sarah satan saul silas simeon simon solomon stephen thomas
  timothy titus tobias uriah zacchaeus zechariah zephaniah`.split(/\s+/),
)

const isTitle = (word: string) => pastorTitles.has(word) || otherTitles.has(word)

/** A speaker by the words of the name, without titles. */
export type Speaker = { name: string; parts: readonly string[]; surname: string }

/**
 * Finds the speakers that a query names: by their whole name anywhere, by a title (“Pastor Reed”), where the wording
 * says that a person speaks (“What did Reed say about…”, “sermons by Reed”), and by a part of the name that is
 * hardly used otherwise. `words` are the folded words of the query in order, misspelled ones corrected. `isOrdinary`
 * tells whether a word, such as “hope”, is in general use, and `isRare` whether it is hardly used in this library.
 */
export function findNamedSpeakers(
  words: readonly string[],
  {
    speakers,
    isOrdinary,
    isRare,
  }: {
    speakers: readonly Speaker[]
    isOrdinary: (word: string) => boolean
    isRare: (word: string) => boolean
  },
): NamedSpeakers | null {
  const found = new Set<string>()
  const positions = new Set<number>()
  const around = new Set<number>()
  let unknown: string | null = null
  const take = (matched: readonly Speaker[], from: number, to: number) => {
    for (const { name } of matched) found.add(name)
    for (let at = from; at < to; at += 1) positions.add(at)
    for (let at = from - 1; at >= 0 && isTitle(words[at] ?? ''); at -= 1) positions.add(at)
  }

  for (const { from, to } of wholeNames(words, speakers)) {
    take(bestMatches(words.slice(from, to), speakers), from, to)
  }
  for (const place of placesOfNames(words)) {
    if (positions.has(place.to - 1)) {
      // “Martin Lloyd-Jones” for Martyn: the other words before the verb are part of the name too.
      for (let at = place.from; place.isSpeaking && at < place.to; at += 1) {
        if (!/^(?:and|or)$/.test(words[at] ?? '')) positions.add(at)
      }
      for (const at of place.around ?? []) around.add(at)
      continue
    }
    const said = words.slice(place.from, place.to).filter((word) => !isTitle(word) && word.length > 1)
    const [only, ...further] = said
    if (only === undefined) continue
    const isName =
      further.length > 0 ||
      isTitle(words[place.from] ?? '') ||
      (!people.has(only) && (place.isSpeaking || !isOrdinary(only)))
    const matched = isName ? bestMatches(said, speakers) : []
    if (matched.length > 0) {
      take(matched, place.from, place.to)
      for (const at of place.around ?? []) around.add(at)
    } else if (
      place.isSpeaking &&
      pastorTitles.has(words[place.from] ?? '') &&
      (further.length > 0 || !people.has(only))
    ) {
      unknown = said.join(' ')
      take([], place.from, place.to)
    }
  }
  if (found.size === 0 && unknown === null) {
    for (const [at, word] of words.entries()) {
      const matched =
        isRare(word) && !isOrdinary(word) && !people.has(word)
          ? speakers.filter(({ parts }) => parts.includes(word))
          : []
      if (matched.length > 0) take(matched, at, at + 1)
    }
  }
  if (found.size === 0 && unknown === null) return null
  return { names: found, positions, around, unknown: found.size > 0 ? null : unknown }
}

/** Reads a name as it is stored; nothing is left of one that has only titles and initials. */
export function readSpeaker(name: string): Speaker[] {
  const words = wordsOfText(name).map(foldWord)
  const parts = words.filter((word) => word.length > 1 && !isTitle(word) && !suffixes.has(word))
  const surname = parts.at(-1)
  return surname === undefined ? [] : [{ name, parts, surname }]
}

/** Runs of at least two words that are parts of one name up to its surname, in order. Initials may be between them. */
function* wholeNames(
  words: readonly string[],
  speakers: readonly Speaker[],
): Generator<{ from: number; to: number }> {
  for (let from = 0; from < words.length; from += 1) {
    let to = 0
    for (const { parts, surname } of speakers) {
      if (parts.every((part) => people.has(part))) continue
      const end = words.indexOf(surname, from + 1)
      if (end < 0 || end - from >= LONGEST_NAME) continue
      const run = words.slice(from, end)
      const fits = run.every((word) => word.length === 1 || parts.includes(word))
      const says = run.some((word) => parts.includes(word) && word !== surname)
      if (fits && says) to = Math.max(to, end + 1)
    }
    if (to === 0) continue
    yield { from, to }
    from = to - 1
  }
}

type Place = {
  from: number
  to: number
  /** The wording says that a person speaks, writes or preaches. */
  isSpeaking: boolean
  /** Words around the name that only say who speaks: “according to”, “teach”. */
  around?: readonly number[]
}

/** Where the wording puts the name of a preacher. */
function* placesOfNames(words: readonly string[]): Generator<Place> {
  const trim = (first: number, end: number, isSpeaking: boolean): Place[] => {
    let from = first
    while (from < end && between.has(words[from] ?? '')) from += 1
    let to = end
    while (to > from && between.has(words[to - 1] ?? '')) to -= 1
    const isName = to > from && to - from <= LONGEST_NAME && !articles.has(words[from] ?? '')
    return isName ? [{ from, to, isSpeaking }] : []
  }
  for (const [at, word] of words.entries()) {
    const next = words[at + 1] ?? ''
    if (auxiliaries.has(word)) {
      const verb = words.findIndex((other, place) => place > at + 1 && speaking.has(other))
      if (verb > 0)
        yield* trim(at + 1, verb, true).map((place) => ({
          ...place,
          around: subjectVerbs.has(words[verb] ?? '') ? [] : [verb],
        }))
    }
    if (word === 'according' && next === 'to')
      yield* trim(at + 2, nameEnd(words, at + 2), true).map((place) => ({ ...place, around: [at, at + 1] }))
    if (works.has(word)) {
      if (next === 'by') yield* trim(at + 2, nameEnd(words, at + 2), true)
      if (next === 'from' || next === 'of') yield* trim(at + 2, nameEnd(words, at + 2), false)
      yield* trim(nameStart(words, at), at, false).map((place) => ({ ...place, around: [at] }))
    }
    if (pastorTitles.has(word)) yield* trim(at, nameEnd(words, at), false)
  }
}

/** A name ends before a word that cannot be part of it. */
function nameEnd(words: readonly string[], from: number): number {
  let end = from
  while (end < words.length && end - from < LONGEST_NAME && !endsName(words[end] ?? '')) end += 1
  return end
}

function nameStart(words: readonly string[], end: number): number {
  let start = end
  while (start > 0 && end - start < LONGEST_NAME && !endsName(words[start - 1] ?? '')) start -= 1
  return start
}

const endsName = (word: string) =>
  speaking.has(word) ||
  works.has(word) ||
  auxiliaries.has(word) ||
  articles.has(word) ||
  /^(?:what|which|who|how|why|when|where|on|about|in|from|for|to|of|and|or|with|that|is|there|any|some|all|me|s)$/.test(
    word,
  )

/** “Mos” for Moss: one letter is left out, added or another. */
function isNearly(word: string, name: string): boolean {
  if (name.length < LEAST_MISSPELLED || word === name) return false
  let from = 0
  while (from < word.length && word[from] === name[from]) from += 1
  const [rest, of] = [word.slice(from), name.slice(from)]
  return rest.slice(1) === of || rest === of.slice(1) || rest.slice(1) === of.slice(1)
}

/** The speakers that have most of the words of a name, also where the surname is misspelled, if its last word is their surname or all are theirs. */
function bestMatches(said: readonly string[], speakers: readonly Speaker[]): Speaker[] {
  const counted = speakers
    .filter(
      ({ parts, surname }) =>
        said.at(-1) === surname ||
        said.every((word) => parts.includes(word)) ||
        (said.slice(0, -1).some((word) => parts.includes(word)) && isNearly(said.at(-1) ?? '', surname)),
    )
    .map((speaker) => ({
      speaker,
      count: said.filter((word) => speaker.parts.includes(word)).length,
    }))
  const most = Math.max(0, ...counted.map(({ count }) => count))
  return counted.filter(({ count }) => count === most).map(({ speaker }) => speaker)
}
