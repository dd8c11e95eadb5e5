import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { LibrarySermon } from './load-library.ts'
import { makePhrases } from './make-phrases.ts'
import type { AnswerCase } from './measure-answers.ts'
import type { RetrievalCase } from './measure-retrieval.ts'
import { answerable, unanswerable } from './questions.ts'

/** Loads the development questions by kind. */
export async function loadCases(library: readonly LibrarySermon[]): Promise<{
  retrieval: Record<string, RetrievalCase[]>
  /** Every second question of each kind. The thresholds were fitted to `tuning`, but not to `unseen`. */
  answers: { tuning: AnswerCase[]; unseen: AnswerCase[] }
}> {
  const paraphrases = z
    .array(z.tuple([z.string()], z.string()))
    .parse(JSON.parse(await readFile(join(import.meta.dirname, 'data/paraphrases.json'), 'utf8')))
    .map(([query, ...sermons]) => ({ query, sermons }))
  const concepts = answerable.map(({ question, sermons }) => ({ query: question, sermons }))
  const phrases = makePhrases(library)
  const scripture = library
    .filter((sermon) => sermon.scripture !== '')
    .map((sermon) => ({
      query: sermon.scripture,
      sermons: library.filter((other) => other.scripture === sermon.scripture).map(({ key }) => key),
    }))
  const further = z
    .array(z.tuple([z.string()], z.string()))
    .parse(JSON.parse(await readFile(join(import.meta.dirname, 'data/concepts.json'), 'utf8')))
    .map(([query, ...sermons]) => ({ query, sermons }))
  // The weights were chosen with two of every three questions; the others are reported separately.
  const isUnseen = (_: unknown, place: number) => place % 3 === 2
  const kinds = {
    phrase: phrases,
    paraphrase: paraphrases,
    concept: concepts,
    scripture,
    unanswerable: unanswerable.map(({ question }) => ({ query: question, sermons: [] })),
  }
  const half = (remainder: number) =>
    Object.entries(kinds).flatMap(([kind, cases]) =>
      cases.filter((_, place) => place % 2 === remainder).map((entry): AnswerCase => ({ kind, ...entry })),
    )
  return {
    retrieval: {
      phrase: phrases,
      'paraphrase, tuning': paraphrases.filter((entry, place) => !isUnseen(entry, place)),
      paraphrase: paraphrases.filter(isUnseen),
      'concept, tuning': concepts.filter((entry, place) => !isUnseen(entry, place)),
      concept: concepts.filter(isUnseen),
      'concept, further': further,
      scripture,
    },
    answers: { tuning: half(0), unseen: half(1) },
  }
}
