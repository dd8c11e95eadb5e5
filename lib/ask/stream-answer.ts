import { createUIMessageStream, createUIMessageStreamResponse, type UIMessage } from 'ai'
import { AppError } from '#lib/errors.ts'
import type { Answer, ListedSermon, ListedSpeaker } from './answer.ts'
import type { Outcome } from './answerer.ts'
import { toApiQuote } from './to-api-answer.ts'

type AnswerMessage = UIMessage<
  never,
  {
    quote: ReturnType<typeof toApiQuote>
    nearest: ReturnType<typeof toApiQuote>[]
    care: { text: string }
    list: { kind: Answer['kind']; sermons: ListedSermon[]; speakers: ListedSpeaker[] }
    outcome: { outcome: Outcome; refused: boolean; note: string | null }
  }
>

/**
 * The answer as a UI message stream that starts at once: `data-care` first where the
 * question speaks of distress, `data-list` where it wants a list or a summary, `data-quote` for each quote, `data-nearest`
 * for the moments near by, text for a model's own words, and at last `data-outcome`. A failure becomes
 * an `error` part in words a person can read.
 */
export function streamAnswer(answering: Promise<Answer>): Response {
  const stream = createUIMessageStream<AnswerMessage>({
    execute: async ({ writer }) => {
      writer.write({ type: 'start' })
      const answer = await answering
      if (answer.care !== null) {
        writer.write({ type: 'data-care', id: 'care', data: { text: answer.care } })
      }
      if (answer.kind !== 'quotes') {
        const { kind, sermons, speakers } = answer
        writer.write({ type: 'data-list', id: 'list', data: { kind, sermons, speakers } })
      }
      if (answer.answer !== null) {
        writer.write({ type: 'text-start', id: 'words' })
        writer.write({ type: 'text-delta', id: 'words', delta: answer.answer })
        writer.write({ type: 'text-end', id: 'words' })
      }
      for (const [place, quote] of answer.quotes.entries()) {
        writer.write({ type: 'data-quote', id: `q${place + 1}`, data: toApiQuote(quote) })
      }
      if (answer.nearest.length > 0) {
        writer.write({ type: 'data-nearest', id: 'nearest', data: answer.nearest.map(toApiQuote) })
      }
      writer.write({
        type: 'data-outcome',
        id: 'outcome',
        data: { outcome: answer.outcome, refused: answer.refused, note: answer.note },
      })
      writer.write({ type: 'finish' })
    },
    onError: (error) =>
      error instanceof AppError ? error.message : 'The answer could not be found. Please ask again.',
  })
  return createUIMessageStreamResponse({ stream, headers: { 'cache-control': 'private, no-store' } })
}
