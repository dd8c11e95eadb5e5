import { answerQuestion } from '#lib/ask/answer-question.ts'
import type { Answerer } from '#lib/ask/answerer.ts'
import type { Database } from '#lib/db/connect-database.ts'
import type { Embedder } from '#lib/search/embedder.ts'
import type { CorpusSermon } from './load-corpus.ts'

export type AnswerCase = { question: string; sermons: readonly string[] }
export type AnswersResult = {
  answerable: number
  answered: number
  /** Of the answered: the first quote, or any quote, is from a sermon preached on the matter. */
  firstFromRightSermon: number
  anyFromRightSermon: number
  unanswerable: number
  refused: number
  quotes: number
  verbatimQuotes: number
  msPerQuestion: number
  wronglyRefused: string[]
  wronglyAnswered: string[]
}

/** Asks questions with and without an answer in the corpus, and checks every quote against its text. */
export async function measureAnswers(
  deps: { db: Database; embedder: Embedder; answerer: Answerer },
  input: {
    answerable: readonly AnswerCase[]
    unanswerable: readonly string[]
    corpus: readonly CorpusSermon[]
  },
): Promise<AnswersResult> {
  const texts = new Map(input.corpus.map(({ key, words }) => [key, words]))
  const result: AnswersResult = {
    answerable: input.answerable.length,
    answered: 0,
    firstFromRightSermon: 0,
    anyFromRightSermon: 0,
    unanswerable: input.unanswerable.length,
    refused: 0,
    quotes: 0,
    verbatimQuotes: 0,
    msPerQuestion: 0,
    wronglyRefused: [],
    wronglyAnswered: [],
  }
  const started = performance.now()
  const ask = async (question: string) => {
    const answer = await answerQuestion(deps, { question, scope: { memberOf: [] }, userId: null })
    for (const quote of [...answer.quotes, ...answer.nearest]) {
      const said = texts.get(quote.slug)?.slice(quote.firstWord, quote.lastWord + 1) ?? []
      result.quotes += 1
      if (said.map(([word]) => word).join(' ') === quote.text && said[0]?.[1] === quote.startMs) {
        result.verbatimQuotes += 1
      }
    }
    return answer
  }
  for (const { question, sermons } of input.answerable) {
    const { refused, quotes } = await ask(question)
    if (refused) {
      result.wronglyRefused.push(question)
      continue
    }
    result.answered += 1
    if (sermons.includes(quotes[0]?.slug ?? '')) result.firstFromRightSermon += 1
    if (quotes.some(({ slug }) => sermons.includes(slug))) result.anyFromRightSermon += 1
  }
  for (const question of input.unanswerable) {
    const { refused } = await ask(question)
    if (refused) result.refused += 1
    else result.wronglyAnswered.push(question)
  }
  result.msPerQuestion = (performance.now() - started) / (input.answerable.length + input.unanswerable.length)
  return result
}
