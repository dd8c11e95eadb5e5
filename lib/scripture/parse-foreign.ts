import { bcv_parser } from 'bible-passage-reference-parser/esm/bcv_parser.js'
import * as german from 'bible-passage-reference-parser/esm/lang/de.js'
import * as spanish from 'bible-passage-reference-parser/esm/lang/es.js'
import * as french from 'bible-passage-reference-parser/esm/lang/fr.js'
import { bibleBooks, chapterName } from './bible-books.ts'

const parsers = {
  de: new bcv_parser(german),
  es: new bcv_parser(spanish),
  fr: new bcv_parser(french),
}
for (const parser of Object.values(parsers)) parser.set_options({ sequence_combination_strategy: 'separate' })

const english = new Set(
  bibleBooks
    .flatMap((book) => [book.name, chapterName(book)])
    .map((name) => name.replace(/^[123] /, '').toLowerCase()),
)
// Names that people and places have too: a chapter alone is not enough in the middle of a text.
const alsoNames =
  /^(?:jean|marc|luc|lucas|marcos|juan|santiago|jonas|tito|tite|judas|mateo|jacques|josua|rut|richter)\b/i
const opens =
  /(?:^|[(["',;:|–-]|[^\p{L}](?:de|du|en|in|aus|nach|zu|según|selon|dans|à|y|et|und))\s*$|^(?:de|en|in|aus)\s+$/iu
const languages = ['de', 'es', 'fr'] as const
/** German short forms that are unlike any English one. */
const shortForms = {
  de: ['Röm', 'Joh', '1 Joh', '2 Joh', '3 Joh', '1 Kor', '2 Kor', 'Apg', 'Offb', 'Jes'],
  es: [],
  fr: [],
}
const names = new Map(
  languages.map((language) => {
    const own = bibleBooks
      .flatMap(({ otherNames }) => otherNames[language])
      .concat(shortForms[language])
      .map((name) => name.toLowerCase().replace(/^([123]) (.+)$/, (_, n, base) => `${n}\\.?\\s*${base}`))
      .filter((name) => !english.has(name.replace(/^.*\\s\*/, '')))
    return [
      language,
      new RegExp(
        `(?<![\\p{L}\\p{N}])(?:${own.join('|')})\\.?\\s*\\d+(?:[\\s\\d:.,;–-]|v\\.?|ff?\\b)*`,
        'giu',
      ),
    ]
  }),
)

/**
 * Finds references with a full German, Spanish or French book name that is unlike any English one, such as
 * "Römer 8,28". A comma separates chapter and verse, as in these languages.
 */
export function parseForeign(text: string): { osis: string; start: number; end: number }[] {
  const found: { osis: string; start: number; end: number }[] = []
  for (const [language, pattern] of names) {
    for (const match of text.matchAll(pattern)) {
      if (found.some(({ start, end }) => match.index < end && match.index + match[0].length > start)) continue
      const isPlace =
        opens.test(text.slice(0, match.index)) &&
        !/^\s*\p{L}/u.test(text.slice(match.index + match[0].length))
      if (alsoNames.test(match[0]) && !/\d\D+\d/.test(match[0]) && !isPlace) continue
      const parser = parsers[language]
      parser.set_options({ punctuation_strategy: /\d\s*:\s*\d/.test(match[0]) ? 'us' : 'eu' })
      parser.parse(
        /\d\.\d/.test(match[0]) && !/\d,/.test(match[0])
          ? match[0].replace(/(\d)\.(?=\d)/g, '$1,')
          : match[0],
      )
      for (const { osis, indices } of parser.osis_and_indices()) {
        found.push({ osis, start: match.index + indices[0], end: match.index + indices[1] })
      }
    }
  }
  return found
}
