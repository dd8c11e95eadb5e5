import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { answerQuestion } from '#lib/ask/answer-question.ts'
import type { Answerer } from '#lib/ask/answerer.ts'
import type { Database } from '#lib/db/connect-database.ts'
import type { Embedder } from '#lib/search/embedder.ts'

export type AnswersResult = {
  answerable: number
  answered: number
  /** Of the answered: the first quote is from a right sermon. */
  firstRight: number
  unanswerable: number
  refused: number
  quotes: number
  verbatim: number
  wronglyRefused: string[]
  wronglyAnswered: string[]
}

const stored = z.object({ text: z.string().nullable() })

/** Asks questions with and without an answer in the library, and checks every quote against the stored words. */
export async function measureAnswers(
  deps: { db: Database; embedder: Embedder | null; answerer: Answerer },
  input: {
    answerable: readonly { query: string; sermons: readonly string[] }[]
    unanswerable: readonly string[]
    keys: ReadonlyMap<string, string>
  },
): Promise<AnswersResult> {
  const result: AnswersResult = {
    answerable: input.answerable.length,
    answered: 0,
    firstRight: 0,
    unanswerable: input.unanswerable.length,
    refused: 0,
    quotes: 0,
    verbatim: 0,
    wronglyRefused: [],
    wronglyAnswered: [],
  }
  const ask = async (question: string) => {
    const answer = await answerQuestion(deps, { question, scope: { memberOf: [] }, userId: null })
    for (const { transcriptId, firstWord, lastWord, text } of answer.quotes) {
      const { rows } = await deps.db.execute(sql`
        select string_agg(word ->> 0, ' ' order by place) as text
        from transcripts t, jsonb_array_elements(t.words) with ordinality as w(word, place)
        where t.id = ${transcriptId} and place - 1 between ${firstWord} and ${lastWord}`)
      result.quotes += 1
      if (stored.parse(rows[0]).text === text) result.verbatim += 1
    }
    return answer
  }
  for (const { query, sermons } of input.answerable) {
    const { refused, quotes } = await ask(query)
    if (refused) result.wronglyRefused.push(query)
    else {
      result.answered += 1
      if (sermons.includes(input.keys.get(quotes[0]?.sermonId ?? '') ?? '')) result.firstRight += 1
    }
  }
  for (const question of input.unanswerable) {
    if ((await ask(question)).refused) result.refused += 1
    else result.wronglyAnswered.push(question)
  }
  return result
}
