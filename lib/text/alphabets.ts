/** The letters beyond ASCII of each language, by the encodings that it was written in. */
const western = {
  fr: 'àâæçéèêëîïôœùûüÿ',
  de: 'äöüß',
  es: 'áéíóúñü',
  pt: 'áâãàçéêíóôõú',
  it: 'àèéìíîòóù',
  nl: 'éëïóöüèá',
  da: 'æøåéóüäö',
  sv: 'åäöéü',
  is: 'áðéíóúýþæö',
  ca: 'àçéèíïóòúü',
  ga: 'áéíóú',
  sq: 'çë',
} as const
const central = {
  pl: 'ąćęłńóśźż',
  cs: 'áčďéěíňóřšťúůýž',
  sk: 'áäčďéíĺľňóôŕšťúýž',
  hu: 'áéíóöőúüű',
  ro: 'ăâîșțşţ',
  hr: 'čćđšž',
  de: 'äöüß',
} as const
const turkish = { tr: 'çğıöşüâîû' } as const
const baltic = { lv: 'āčēģīķļņšūž', lt: 'ąčęėįšųūž', et: 'äöõüšž' } as const
const cyrillic = {
  ru: 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя',
  uk: 'абвгґдеєжзиіїйклмнопрстуфхцчшщьюя',
  be: 'абвгдеёжзійклмнопрстуўфхцчшыьэюя',
  bg: 'абвгдежзийклмнопрстуфхцчшщъьюя',
  sr: 'абвгдђежзијклљмнњопрстћуфхцчџш',
  mk: 'абвгдѓежзѕијклљмнњопрстќуфхцчџш',
} as const
const greek = { el: 'αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ' } as const
/** Letters of ASCII that these languages do not use. */
const foreign: Readonly<Record<string, RegExp>> = {
  pt: /[kwy]/i,
  it: /[jkwxy]/i,
  es: /[kw]/i,
  ca: /[kwy]/i,
  ro: /[kqwy]/i,
  pl: /[qvx]/i,
  hr: /[qwxy]/i,
  tr: /[qwx]/i,
  lt: /[qwx]/i,
  lv: /[qwxy]/i,
}
/** With fewer words that fit, the encoding is another one. */
export const LEAST_FIT = 0.5
/** Signs alone show an encoding less than letters do. */
const WITHOUT_LETTERS = 0.8
const WITHOUT_ALPHABET = 0.9
/** Names from several languages are in one text less often than words of one language. */
const OF_SEVERAL = 0.6

/** Whether a language can have a word; the letters of ASCII are in all. */
type Language = (word: string) => boolean

const languages = (alphabets: Readonly<Record<string, string>>): Language[] =>
  Object.entries(alphabets).map(([name, letters]) => {
    const known = new Set(letters)
    return (word) => !foreign[name]?.test(word) && beyondAscii(word).every((letter) => known.has(letter))
  })
/** The letters, points and vowels of a script without capitals. */
const script = (letters: RegExp): Language[] => [
  (word) => beyondAscii(word).every((letter) => letters.test(letter)),
]

const byEncoding: Readonly<Record<string, readonly Language[]>> = {
  'windows-1252': languages(western),
  macintosh: languages(western),
  'iso-8859-15': languages(western),
  'windows-1250': languages(central),
  'iso-8859-2': languages(central),
  'windows-1254': languages(turkish),
  'windows-1257': languages(baltic),
  'windows-1251': languages(cyrillic),
  'koi8-r': languages({ ru: cyrillic.ru, bg: cyrillic.bg }),
  'koi8-u': languages({ uk: cyrillic.uk }),
  'iso-8859-5': languages(cyrillic),
  ibm866: languages({ ru: cyrillic.ru }),
  'x-mac-cyrillic': languages({ ru: cyrillic.ru, uk: cyrillic.uk }),
  'windows-1253': languages(greek),
  'windows-1255': script(/[\u0591-\u05f4]/u),
  'windows-1256': script(/[\u0621-\u0652\u067e\u0686\u0698\u06a9\u06af\u06cc]/u),
  'iso-8859-6': script(/[\u0621-\u0652]/u),
  'windows-874': script(/[\u0e01-\u0e4f]/u),
}

/** The encodings of one byte for each letter, of which it is known what languages were written in them. */
export const encodingsWithAlphabets: readonly string[] = Object.keys(byEncoding)

/**
 * The share of the words that one language can have written in this encoding: a wrong decoder gives letters that no
 * language has together. Somewhat less than 1 for an encoding without known alphabets.
 */
export function fitAlphabet(text: string, encoding: string): number {
  const known = byEncoding[encoding]
  if (!known) return WITHOUT_ALPHABET
  const words = text.split(/[^\p{L}\p{M}]+/u).filter((word) => /[^\0-\x7f]/.test(word))
  if (words.length === 0) return WITHOUT_LETTERS
  const inOne = known.map((language) => words.filter(language).length)
  const inAny = words.filter((word) => known.some((language) => language(word))).length
  return Math.max(...inOne, inAny * OF_SEVERAL) / words.length
}

const latin = [western, central, turkish, baltic].flatMap(languages)

/** Whether a language that is written in Latin letters can have this word. */
export function isLatinWord(word: string): boolean {
  return latin.some((language) => language(word))
}

function beyondAscii(word: string): string[] {
  return [...word.replaceAll('İ', 'i').toLowerCase()].filter((letter) => letter > '\x7f')
}
