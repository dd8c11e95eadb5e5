import { createUIMessageStream, createUIMessageStreamResponse } from 'ai'
import { AppError } from '#lib/errors.ts'
import type { Answer, AnswerSoFar } from './answer.ts'
import { type AnswerMessage, answerParts, partsSoFar } from './answer-parts.ts'

/**
 * The answer as a UI message stream that starts immediately and contains the parts of `answerParts`, each as soon as
 * `ask` reports it. A failure becomes an `error` part in words a person can read.
 */
export function streamAnswer(ask: (onProgress: (soFar: AnswerSoFar) => void) => Promise<Answer>): Response {
  const stream = createUIMessageStream<AnswerMessage>({
    execute: async ({ writer }) => {
      writer.write({ type: 'start' })
      const sent = new Set<string>()
      const send = (parts: ReturnType<typeof answerParts>) => {
        for (const part of parts) {
          const key = JSON.stringify(part)
          if (!sent.has(key)) writer.write(part)
          sent.add(key)
        }
      }
      send(answerParts(await ask((soFar) => send(partsSoFar(soFar)))))
      writer.write({ type: 'finish' })
    },
    onError: (error) =>
      error instanceof AppError ? error.message : 'The answer could not be found. Please ask again.',
  })
  return createUIMessageStreamResponse({ stream, headers: { 'cache-control': 'private, no-store' } })
}
