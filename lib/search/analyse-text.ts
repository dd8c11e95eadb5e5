import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { DatabaseOrTransaction } from '#lib/db/connect-database.ts'
import { englishTerm } from './analyse-english.ts'
import { wordMeanings } from './word-meanings.ts'
import { foldWord, isStopWord, wordsOfText } from './words-of-text.ts'

/** The index terms of a text in order, and which of its words each one is. */
export type AnalysedText = { terms: string[]; positions: number[]; words: number }

/** A word of a query with its term in each language of the library. `position` is its place among the words. */
export type AnalysedWord = { word: string; terms: string[]; position: number }

const RULES = 'terms-1'

/** The version of terms and meanings. Passages that another version indexed are indexed again. */
export function analyserId(): string {
  return `${RULES}-${wordMeanings().id}`
}

/** Languages that Postgres can reduce to stems, by their code. */
const dictionaries: Record<string, string> = {
  ar: 'arabic',
  da: 'danish',
  de: 'german',
  el: 'greek',
  es: 'spanish',
  fi: 'finnish',
  fr: 'french',
  ga: 'irish',
  hi: 'hindi',
  hu: 'hungarian',
  id: 'indonesian',
  it: 'italian',
  lt: 'lithuanian',
  nb: 'norwegian',
  ne: 'nepali',
  nl: 'dutch',
  nn: 'norwegian',
  no: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sr: 'serbian',
  sv: 'swedish',
  ta: 'tamil',
  tr: 'turkish',
  yi: 'yiddish',
}

/** The language of a code such as `en-GB`, without its region. */
export function baseLanguage(code: string): string {
  return code.toLowerCase().split(/[-_]/)[0] ?? ''
}

/**
 * The terms of texts of one language, for the index. English has its own rules, other languages use those
 * of the database; in a language without rules, terms are the words without accents.
 */
export async function analyseTexts(
  db: DatabaseOrTransaction,
  texts: readonly string[],
  language: string,
): Promise<AnalysedText[]> {
  const words = texts.map(wordsOfText)
  const termsOf = await termFinder(db, words.flat(), baseLanguage(language))
  return words.map((own) => {
    const found: AnalysedText = { terms: [], positions: [], words: own.length }
    for (const [position, word] of own.entries()) {
      for (const term of termsOf(word)) {
        found.terms.push(term)
        found.positions.push(position)
      }
    }
    return found
  })
}

/**
 * The words of a query, each with its terms by the rules of every one of the languages. A stop word of the language
 * that the query is written in has none, although it may be a word of content in another. `language` is the one that
 * its stop words show, or null.
 */
export async function analyseQuery(
  db: DatabaseOrTransaction,
  text: string,
  languages: readonly string[],
): Promise<{ words: AnalysedWord[]; language: string | null }> {
  const words = wordsOfText(text)
  const finders = await Promise.all(languages.map((language) => termFinder(db, words, language)))
  const language = writtenIn(words, finders)
  const written = language === null ? undefined : finders[language]
  const analysed = words.map((word, position) => ({
    word: foldWord(word),
    terms: written?.(word).length === 0 ? [] : [...new Set(finders.flatMap((termsOf) => termsOf(word)))],
    position,
  }))
  const name = language === null ? null : (languages[language] ?? null)
  if (analysed.some(({ terms }) => terms.length > 0)) return { words: analysed, language: name }
  // Nothing but stop words: in another language they may say something.
  const all = analysed.map((entry, place) => ({
    ...entry,
    terms: [...new Set(finders.flatMap((termsOf) => termsOf(words[place] ?? '')))],
  }))
  return { words: all, language: name }
}

type TermFinder = (word: string) => string[]

/** The place of the language with most stop words in the query, the first of equal ones; null without any. */
function writtenIn(words: readonly string[], finders: readonly TermFinder[]): number | null {
  const stopWords = (termsOf: TermFinder) => words.filter((word) => termsOf(word).length === 0).length
  let most = 0
  let found: number | null = null
  for (const [place, finder] of finders.entries()) {
    const count = stopWords(finder)
    if (count <= most) continue
    most = count
    found = place
  }
  return found
}

async function termFinder(
  db: DatabaseOrTransaction,
  words: readonly string[],
  language: string,
): Promise<TermFinder> {
  if (language === 'en') return (word) => (isStopWord(word) ? [] : [englishTermOf(word)])
  const dictionary = dictionaries[language]
  const stems = dictionary ? await stemByDatabase(db, [...new Set(words)], dictionary) : null
  return (word) => (stems?.get(word) ?? [word]).map(foldWord)
}

const knownTerms = new Map<string, string>()
const MAX_KNOWN_TERMS = 200_000

function englishTermOf(word: string): string {
  let term = knownTerms.get(word)
  if (term === undefined) {
    const { rowOf } = wordMeanings()
    term = englishTerm(word, (stem) => rowOf.has(stem))
    if (knownTerms.size >= MAX_KNOWN_TERMS) knownTerms.clear()
    knownTerms.set(word, term)
  }
  return term
}

const stemRow = z.object({ word: z.string(), stems: z.array(z.string()).nullable() })

/** The stems of words by a Snowball dictionary of Postgres; stop words have none. */
async function stemByDatabase(
  db: DatabaseOrTransaction,
  words: readonly string[],
  dictionary: string,
): Promise<Map<string, string[]>> {
  if (words.length === 0) return new Map()
  const { rows } = await db.execute(sql`
    select word, ts_lexize(${`${dictionary}_stem`}::regdictionary, word) as stems
    from unnest(${sql.param([...words])}::text[]) as u(word)`)
  return new Map(
    z
      .array(stemRow)
      .parse(rows)
      .map(({ word, stems }) => [word, stems ?? [word]]),
  )
}

/** Formats terms as a Postgres `tsvector`, which stores positions from 1 to 16,383. */
export function toTsvector({ terms, positions }: AnalysedText): string {
  const places = new Map<string, number[]>()
  for (const [at, term] of terms.entries()) {
    const own = places.get(term) ?? []
    own.push(Math.min(16_383, (positions[at] ?? 0) + 1))
    places.set(term, own)
  }
  return [...places].map(([term, own]) => `'${term.replace(/['\\]/g, '$&$&')}':${own.join(',')}`).join(' ')
}

/** Parses the output of `toTsvector`, in the order of the positions. */
export function fromTsvector(text: string): { terms: string[]; positions: number[] } {
  const found = [...text.matchAll(/'((?:[^']|'')*)':([\d,]+)/g)].flatMap(([, term = '', places = '']) =>
    places.split(',').map((place) => ({ term: term.replaceAll("''", "'"), position: Number(place) - 1 })),
  )
  found.sort((a, b) => a.position - b.position)
  return { terms: found.map(({ term }) => term), positions: found.map(({ position }) => position) }
}
