import type { Chapter } from '#lib/chapters/chapter.ts'
import { detectChapters, type SpokenReference } from '#lib/chapters/detect-chapters.ts'
import type { DatabaseOrTransaction } from '#lib/db/connect-database.ts'
import type { StoredWord, WordRange } from '#lib/db/schema.ts'
import { analyseTexts, baseLanguage } from '#lib/search/analyse-text.ts'
import { splitPassages } from '#lib/search/split-passages.ts'
import { wordMeanings } from '#lib/search/word-meanings.ts'

/** Finds the chapters of a transcript with times and the Bible references in it. Empty where nothing stands out. */
export async function findChapters(
  db: DatabaseOrTransaction,
  {
    language,
    ...transcript
  }: {
    language: string
    words: readonly StoredWord[]
    sentences: readonly WordRange[]
    references: readonly SpokenReference[]
    durationMs: number
  },
): Promise<Chapter[]> {
  const passages = splitPassages(transcript)
  const analysed = await analyseTexts(
    db,
    passages.map(({ text }) => text),
    language,
  )
  return detectChapters({
    ...transcript,
    units: passages.map((passage, place) => ({ ...passage, terms: analysed[place]?.terms ?? [] })),
    table: baseLanguage(language) === 'en' ? wordMeanings() : null,
  })
}
