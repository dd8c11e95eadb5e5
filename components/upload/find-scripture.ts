/** Book names as they are written out, with the short forms people use in file names. */
const books: [name: string, short: string][] = [
  ['Genesis', 'gen|gn'],
  ['Exodus', 'exod?|ex'],
  ['Leviticus', 'lev|lv'],
  ['Numbers', 'num|nm'],
  ['Deuteronomy', 'deut?|dt'],
  ['Joshua', 'josh?|jos'],
  ['Judges', 'judg|jdg'],
  ['Ruth', 'ru'],
  ['Samuel', 'sam|sm'],
  ['Kings', 'kgs|ki'],
  ['Chronicles', 'chron|chr'],
  ['Ezra', 'ezr'],
  ['Nehemiah', 'neh'],
  ['Esther', 'esth|est'],
  ['Job', 'jb'],
  ['Psalm', 'psalms|ps|psa|pss'],
  ['Proverbs', 'prov|pr'],
  ['Ecclesiastes', 'eccles|eccl|ecc'],
  ['Song of Songs', 'song of solomon|song'],
  ['Isaiah', 'isa|is'],
  ['Jeremiah', 'jer'],
  ['Lamentations', 'lam'],
  ['Ezekiel', 'ezek|ez'],
  ['Daniel', 'dan|dn'],
  ['Hosea', 'hos'],
  ['Joel', 'jl'],
  ['Amos', 'am'],
  ['Obadiah', 'obad|ob'],
  ['Jonah', 'jon'],
  ['Micah', 'mic'],
  ['Nahum', 'nah'],
  ['Habakkuk', 'hab'],
  ['Zephaniah', 'zeph|zep'],
  ['Haggai', 'hag'],
  ['Zechariah', 'zech|zec'],
  ['Malachi', 'mal'],
  ['Matthew', 'matt|mt'],
  ['Mark', 'mk|mrk'],
  ['Luke', 'lk|luk'],
  ['John', 'jn|jhn'],
  ['Acts', 'act'],
  ['Romans', 'rom|rm'],
  ['Corinthians', 'cor'],
  ['Galatians', 'gal'],
  ['Ephesians', 'eph'],
  ['Philippians', 'phil|php'],
  ['Colossians', 'col'],
  ['Thessalonians', 'thess|thes'],
  ['Timothy', 'tim'],
  ['Titus', 'tit'],
  ['Philemon', 'philem|phm'],
  ['Hebrews', 'heb'],
  ['James', 'jas|jms'],
  ['Peter', 'pet|pt'],
  ['Jude', 'jud'],
  ['Revelation', 'revelations|rev|rv'],
]

const anyBook = books.map(([name, short]) => `${name}|${short}`).join('|')
// A chapter must follow, so that a preacher called John or a title with "Acts" in it is left alone.
const reference = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:([1-3])\\s?|(i{1,3})\\s)?(${anyBook})\\.?\\s?(\\d{1,3})` +
    `(?:\\s?[:._v]\\s?(\\d{1,3})(?:\\s?[-–]\\s?(\\d{1,3})(?:[:._](\\d{1,3}))?)?|\\s?[-–]\\s?(\\d{1,3}))?(?![\\p{L}\\p{N}])`,
  'iu',
)

function bookName(written: string): string {
  const lower = written.toLowerCase()
  const found = books.find(
    ([name, short]) =>
      name.toLowerCase() === lower || short.split('|').some((s) => new RegExp(`^${s}$`).test(lower)),
  )
  return found?.[0] ?? written
}

/**
 * The first Bible reference in a text, written out ("1 Cor 13_4-7" → "1 Corinthians 13:4–7"), with the
 * place it was found. A file name cannot hold a colon, so `_`, `.` and `v` count as one.
 */
export function findScripture(text: string): { scripture: string; start: number; end: number } | null {
  const match = reference.exec(text)
  if (!match) return null
  const [whole, digit, roman, book, chapter, verse, toVerse, toChapterVerse, toChapter] = match
  if (book === undefined || chapter === undefined) return null
  const number = digit ?? (roman === undefined ? '' : String(roman.length))
  let scripture = `${number === '' ? '' : `${number} `}${bookName(book)} ${Number(chapter)}`
  if (verse !== undefined) {
    scripture += `:${Number(verse)}`
    if (toVerse !== undefined) scripture += `–${Number(toVerse)}`
    if (toChapterVerse !== undefined) scripture += `:${Number(toChapterVerse)}`
  } else if (toChapter !== undefined) {
    scripture += `–${Number(toChapter)}`
  }
  return { scripture, start: match.index, end: match.index + whole.length }
}
