import type { Database } from '#lib/db/connect-database.ts'
import { analyseQuery } from '#lib/search/analyse-text.ts'
import { isAskingWord } from '#lib/search/read-query.ts'
import { meaningOf, wordMeanings } from '#lib/search/word-meanings.ts'

/** What a question is about: its terms without the words of asking, and the unit vector of their meanings. */
export type QuestionMeaning = { terms: ReadonlySet<string>; unit: Float32Array | null }

/** Nearness of meaning from which two questions count as one in the pastor's list, who sees how each was worded. */
const ALIKE = 0.7
/** From here a sermon that answers one of them answers the other, and no one looks at it first. */
const SAME = 0.9

// Every question that is asked is compared with the linked ones: those are analysed once, not each time.
const known = new Map<string, QuestionMeaning>()
const MAX_KNOWN = 5000

/** What each of the questions is about, in their order. */
export async function readQuestionMeanings(
  { db }: { db: Database },
  questions: readonly string[],
): Promise<QuestionMeaning[]> {
  return Promise.all(
    questions.map(async (question) => {
      const meaning = known.get(question) ?? (await readMeaning(db, question))
      if (known.size >= MAX_KNOWN) known.clear()
      known.set(question, meaning)
      return meaning
    }),
  )
}

async function readMeaning(db: Database, question: string): Promise<QuestionMeaning> {
  const words = (await analyseQuery(db, question, ['en'])).words.filter(({ terms }) => terms.length > 0)
  const subject = words.filter(({ word }) => !isAskingWord(word))
  const terms = new Set((subject.length > 0 ? subject : words).flatMap((word) => word.terms))
  const meaning = meaningOf(wordMeanings(), [...terms])
  const length = meaning ? Math.hypot(...meaning) : 0
  return { terms, unit: meaning && length > 0 ? meaning.map((value) => value / length) : null }
}

/** Whether two questions are similar enough to be one entry of a list. */
export function areAlike(a: QuestionMeaning, b: QuestionMeaning): boolean {
  return hasSameTerms(a, b) || nearness(a, b) >= ALIKE
}

/** Whether two questions ask the same in other words or another order. */
export function askTheSame(a: QuestionMeaning, b: QuestionMeaning): boolean {
  return hasSameTerms(a, b) || nearness(a, b) >= SAME
}

function hasSameTerms({ terms: a }: QuestionMeaning, { terms: b }: QuestionMeaning): boolean {
  return a.size > 0 && a.size === b.size && [...a].every((term) => b.has(term))
}

function nearness({ unit: a }: QuestionMeaning, { unit: b }: QuestionMeaning): number {
  return a && b ? a.reduce((sum, value, place) => sum + value * (b[place] ?? 0), 0) : 0
}
