import { createUIMessageStream, createUIMessageStreamResponse } from 'ai'
import { AppError } from '#lib/errors.ts'
import type { Answer } from './answer.ts'
import { type AnswerMessage, answerParts } from './answer-parts.ts'

/**
 * The answer as a UI message stream that starts immediately and contains the parts of `answerParts`. A failure becomes
 * an `error` part in words a person can read.
 */
export function streamAnswer(answering: Promise<Answer>): Response {
  const stream = createUIMessageStream<AnswerMessage>({
    execute: async ({ writer }) => {
      writer.write({ type: 'start' })
      for (const part of answerParts(await answering)) writer.write(part)
      writer.write({ type: 'finish' })
    },
    onError: (error) =>
      error instanceof AppError ? error.message : 'The answer could not be found. Please ask again.',
  })
  return createUIMessageStreamResponse({ stream, headers: { 'cache-control': 'private, no-store' } })
}
