import { bibleBooks } from './bible-books.ts'
import { type EditedText, editsOf, editText, type TextEdit } from './edit-text.ts'

/** Replaces text that cannot belong to a reference; the parser stops at it. */
export const BARRIER = '¤'

const monthNames =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\\.?'
const notReferences = [
  // Dates: 2024-03-10, 10/03/2024, 10.03.24, 20240310, 3 March 2024, March 3rd.
  /(?<!\d)(?:19|20|21)\d{2}[-._/ ]\d{1,2}[-._/ ]\d{1,2}(?!\d)/g,
  /(?<!\d)\d{1,2}([-._/])\d{1,2}\1(?:19|20|21)?\d{2}(?!\d)(?![:.]\d)/g,
  new RegExp(`(?<!\\d)\\d{1,2}(?:st|nd|rd|th)?[-_ ]+${monthNames}[-_, ]+\\d{4}`, 'gi'),
  new RegExp(`(?<![\\p{L}])${monthNames}[-_ ]+\\d{1,2}(?:st|nd|rd|th)?[-_, ]+\\d{4}`, 'giu'),
  // Full marks: 10/10.
  /(?<![\d/])(\d{1,3})\/\1(?![\d/])/g,
  // Times of day.
  /(?<!\d)\d{1,2}(?:[:.]\d{2})?\s?(?:a\.?m|p\.?m)\b\.?/gi,
  // Numbers too long for a chapter or a verse.
  /\d{4,}/g,
]
// Words that count something: a number after them is not part of a book's name.
const counters =
  'part|pt|week|wk|session|episode|ep|day|no|nr|vol|volume|track|lesson|series|message|sermon|study|disc|cd|take|service|talk|number|teil|folge'
// "Primera de Juan", "1er Jean", "Erster Korinther": a book of several is never found without its number.
const foreignOrdinals: readonly [number, string][] = [
  [1, '1(?:ra|ro|era?|ère|re|ª|º|°)|primer[ao]?|primeir[ao]|premi(?:er|ère|ere)|erste[rns]?'],
  [2, '2(?:da|do|e|ème|eme|nde?|ª|º|°)|segund[ao]|deuxi(?:è|e)me|seconde|zweite[rns]?'],
  [3, '3(?:ra|ro|era?|e|ème|eme|ª|º|°)|tercer[ao]?|terceir[ao]|troisi(?:è|e)me|dritte[rns]?'],
]
const severalBooks = [
  ...new Set(
    bibleBooks.flatMap(({ name, otherNames }) =>
      [name, ...Object.values(otherNames).flat()]
        .filter((written) => /^[1-3] /.test(written))
        .map((written) => written.slice(2)),
    ),
  ),
].join('|')
const ordinalEdits = (source: string): TextEdit[] =>
  foreignOrdinals.flatMap(([value, ordinal]) =>
    editsOf(
      source,
      new RegExp(
        `(?<![\\p{L}\\p{N}])(?:${ordinal})[\\s_-]+(?:(?:carta|epístola|libro|lettre|épître|livre|brief|buch)[\\s_-]+)?(?:(?:de|a los|aux|à|an die|an|des|der|von|la|le)[\\s_-]+){0,2}(?=(?:${severalBooks})(?!\\p{L}))`,
        'giu',
      ),
      () => `${value} `,
    ),
  )
const unknownNames = [
  ['Song of Solomon', 'song\\s+of\\s+sol\\.?|canticles?|cant\\.'],
  ['Colossians', 'col+os+i+ans?'],
  ['Leviticus', 'levit\\.?'],
  ['Malachi', 'ml\\.?'],
  ['Titus', 'tt\\.?'],
  ['Philippians', 'phl\\.?'],
] as const
const romanNumber = 'c?(?:x[lc]|l?x{0,3})(?:i[xv]|v?i{0,3})'

/** The value of a Roman numeral up to 199, or `null`. */
function romanValue(roman: string): number | null {
  const values: Record<string, number> = { i: 1, v: 5, x: 10, l: 50, c: 100 }
  const digits = [...roman.toLowerCase()].map((letter) => values[letter] ?? 0)
  const sum = digits.reduce((total, value, at) => total + (value < (digits[at + 1] ?? 0) ? -value : value), 0)
  return sum > 0 ? sum : null
}

/**
 * Rewrites a text for the parser, with a map to its original offsets: underscores become spaces, Roman chapters
 * become digits, and dates, times and counts are removed.
 */
export function tidyWritten(source: string): EditedText {
  const edits: TextEdit[] = [
    ...ordinalEdits(source),
    // "romans-8-28-30": an address made of a chapter and verses, not a day.
    ...editsOf(
      source,
      /(?<=\p{L}{3}-)([1-9]\d{0,2})-([1-9]\d?)-([1-9]\d?)(?![\p{L}\p{N}_-])/gu,
      ([, chapter, from, to]) => (Number(from) < Number(to) ? `${chapter}:${from}-${to}` : null),
    ),
    ...notReferences.flatMap((pattern) =>
      editsOf(source, pattern, (match) => match[0].replace(/[\p{L}\p{N}]/gu, BARRIER)),
    ),
    ...editsOf(source, /\p{L}\p{M}+/gu, ([letter]) => letter.normalize('NFC')),
    ...editsOf(source, /(?<=\d)_(?=\d)/g, () => ':'),
    ...editsOf(source, /(?<!\d)_|_(?!\d)/g, () => ' '),
    ...editsOf(source, /[\u00A0\u2000-\u200B\u202F\u205F\u3000\t]/g, () => ' '),
    ...editsOf(source, /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/g, () => '-'),
    ...editsOf(source, /[：∶]/g, () => ':'),
    ...editsOf(
      source,
      /\.(?:mp[34]|m4[av]|wav|flac|ogg|opus|aac|aiff?|wma|mov|mkv|webm|avi|wv|amr|caf|txt|srt|vtt|docx?|pdf)\s*$/gi,
      () => BARRIER,
    ),
    // "Ist John", "1 st John".
    ...editsOf(
      source,
      /(?<![\p{L}\p{N}])(?:([123])\s|(I{1,3}))(st|nd|rd)(?=\s)/gu,
      ([, digit, roman = '', ending = '']) => `${digit ?? roman.length}${ending}`,
    ),
    // "Romans 8 (2)": the second copy of a file.
    ...editsOf(source, /(?<=\d\s*)\(\d{1,2}\)/g, () => `(${BARRIER})`),
    // "Romans 8 (28-30)", "Romans 8 (v. 28)".
    ...editsOf(
      source,
      /(?<=\p{L}\.?\s?\d{1,3})\s*\((?:(\d{1,3}\s*[-–]\s*\d{1,3})|v(?:v|s|erses?)?\.?\s*(\d{1,3}(?:\s*[-–]\s*\d{1,3})?))\)/giu,
      ([, range, verse]) => `:${range ?? verse}`,
    ),
    // "1-john-4": a hyphen for a space in the name of a numbered book.
    ...editsOf(
      source,
      /(?<![\p{L}\p{N}])([123](?:st|nd|rd)?|i{1,3}|first|second|third)-(?=[jcktsp]\p{L}+)/giu,
      ([, volume = '']) => `${volume} `,
    ),
    // "Part 2 John 3": the number counts parts. Books that are always numbered keep it.
    ...editsOf(
      source,
      new RegExp(`(?<=(?<!\\p{L})(?:${counters})\\.?[\\s_#-]*)\\d{1,3}(?=[\\s_-]+(?:john|jn)\\b)`, 'giu'),
      () => BARRIER,
    ),
    // "Romans 1 Pt 2": part 2, not 1 Peter.
    ...editsOf(
      source,
      /(?<=\p{L}\.?\s+)([12])\s+(?=pt\.?\s*\d+(?!\s*[:.v]\s*\d))/giu,
      ([, n = '']) => `${n}${BARRIER}`,
    ),
    // Names that the parser does not know.
    ...unknownNames.flatMap(([name, forms]) =>
      editsOf(source, new RegExp(`(?<![\\p{L}\\p{N}])(?:${forms})(?=\\s+[\\divxlc]|\\d)`, 'giu'), () => name),
    ),
    // Other books: "2 Esdras" is not the "Esdras" that is Ezra in Spanish and French.
    ...editsOf(
      source,
      /(?<![\p{L}\p{N}])(?:(?:[1-4]|i{1,3}|iv)\.?\s*esdras|(?:letter|epistle) of jeremiah)(?!\p{L})/giu,
      ([written]) => BARRIER.repeat(written.length),
    ),
    // "Jude v. 9": a book of one chapter has no chapter five.
    ...editsOf(
      source,
      /(?<=(?<!\p{L})(?:jude|philemon|philem\.?|phlm\.?|phm\.?|obadiah|obad\.?|[23]\s?(?:john|jn))\s+)v\.\s*(?=\d)/giu,
      () => 'v ',
    ),
    // "Romans viii. 28", "Ps. xxiii": old citations.
    ...editsOf(
      source,
      new RegExp(
        `(?<=\\p{L}{2,}\\.?\\s+)(?<!\\b(?:jude|philemon|philem\\.?|phlm\\.?|phm\\.?|obadiah|obad\\.?|[23] ?(?:john|jn))\\s+)(?=[ivxlcIVXLC])(${romanNumber}|${romanNumber.toUpperCase()})(?:(\\.\\s*|\\s*[:,]\\s*)(\\d{1,3})|(?=[\\s.,;)]|$))(?!\\p{L})`,
        'gu',
      ),
      ([, roman = '', separator, verse]) => {
        const chapter = romanValue(roman)
        if (chapter === null) return null
        return separator === undefined ? (roman.length > 1 ? `${chapter}` : null) : `${chapter}:${verse}`
      },
    ),
  ]
  return editText(source, edits)
}
