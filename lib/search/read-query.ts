import { bookByNumber, chapterName } from '#lib/scripture/bible-books.ts'
import { findReferences } from '#lib/scripture/find-references.ts'
import { rangeShape, splitVerseId } from '#lib/scripture/verse-range.ts'
import { relatedWords } from './related-words.ts'
import { stemWord } from './stem-word.ts'
import { isStopWord, wordsOfText } from './words-of-text.ts'

/** One thing the query asks for. `weight` is 1 for the subject and small for the words of asking. */
export type QueryTerm = { word: string; stem: string; weight: number; related: string[] }
export type ScriptureReference = { book: string; chapter: number | null }
export type SearchQuery = { text: string; terms: QueryTerm[]; reference: ScriptureReference | null }

/** Longer questions are cut: what matters is said by then, and every term costs time. */
const MAX_LENGTH = 600
const MAX_TERMS = 12
const MAX_RELATED = 8
const ASKING_WEIGHT = 0.15

const askingWords = new Set(
  `sermon sermons preacher pastor minister preach preached preaching talk talks talking talked speak speaks spoke spoken speaking
  tell tells told explain explains mean means meaning meant discuss mention mentions mentioned address
  question questions answer answers ask asks asking asked please want wants help helps find show give gives given describe
  think thinks thought believe happen happens happened know known knows learn
  advice guidance reason reasons way ways feel feels feeling life lives live living man men people person persons
  bible verse verses passage text christian christians church today modern really actually good bad best better matter matters
  start begin look looking come comes take takes put keep right wrong true difference different between kind sort whose anyone
  stop deal deals handle cope manage avoid try trying need needs become suppose supposed able possible important`
    .split(/\s+/)
    .map(stemWord),
)

/** What a typed query or question asks for. Never fails; `terms` is empty where nothing is asked. */
export function readQuery(text: string): SearchQuery {
  const kept = text.slice(0, MAX_LENGTH)
  const terms = new Map<string, QueryTerm>()
  for (const word of wordsOfText(kept)) {
    if (isStopWord(word)) continue
    const stem = stemWord(word)
    if (terms.has(stem)) continue
    const isAsking = askingWords.has(stem)
    terms.set(stem, {
      word: word.slice(0, 40),
      stem,
      weight: isAsking ? ASKING_WEIGHT : 1,
      related: isAsking ? [] : relatedWords(word).slice(0, MAX_RELATED),
    })
  }
  // The words of asking go first where there are too many; in their own order otherwise.
  const chosen = [...terms.values()].sort((a, b) => b.weight - a.weight).slice(0, MAX_TERMS)
  return { text: kept, terms: chosen, reference: readReference(kept) }
}

function readReference(text: string): ScriptureReference | null {
  const [found] = findReferences(text)
  if (!found) return null
  const { book: number, chapter } = splitVerseId(found.start)
  const book = bookByNumber(number)
  if (!book) return null
  const isWholeBook = rangeShape(found).shape === 'books'
  return { book: chapterName(book).toLowerCase(), chapter: isWholeBook ? null : chapter }
}
