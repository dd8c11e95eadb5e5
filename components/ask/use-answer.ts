'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { type Answer, AnswerError, addAnswerPart, emptyAnswer, readStreamParts } from './answer-stream.ts'

export type Asking =
  | { state: 'idle' }
  | { state: 'asking' | 'answered'; question: string; answer: Answer }
  | { state: 'failed'; question: string; message: string }

const lostMessage = 'The answer did not arrive. Check your connection and ask again.'

/** Asks, and follows the answer as it comes. A new question ends the one before it. */
export function useAnswer(sermonId: string | null): [asking: Asking, ask: (question: string) => void] {
  const [asking, setAsking] = useState<Asking>({ state: 'idle' })
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])

  const ask = useCallback(
    (question: string) => {
      running.current?.abort()
      const own = new AbortController()
      running.current = own
      const show = (next: Asking) => {
        if (!own.signal.aborted) setAsking(next)
      }
      show({ state: 'asking', question, answer: emptyAnswer })
      void followAnswer(question, sermonId, own.signal, (answer) =>
        show({ state: 'asking', question, answer }),
      ).then(
        (answer) => show({ state: 'answered', question, answer }),
        (error: unknown) =>
          show({
            state: 'failed',
            question,
            message: error instanceof AnswerError ? error.message : lostMessage,
          }),
      )
    },
    [sermonId],
  )
  return [asking, ask]
}

async function followAnswer(
  question: string,
  sermonId: string | null,
  signal: AbortSignal,
  onProgress: (answer: Answer) => void,
): Promise<Answer> {
  const response = await fetch('/api/v1/ask', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify(sermonId ? { question, sermonId } : { question }),
    signal,
  })
  if (!response.ok || !response.body) {
    const failure: unknown = await response.json().catch(() => null)
    throw new AnswerError(readMessage(failure) ?? lostMessage)
  }
  let answer = emptyAnswer
  for await (const part of readStreamParts(response.body)) {
    answer = addAnswerPart(answer, part)
    onProgress(answer)
  }
  return answer
}

function readMessage(failure: unknown): string | null {
  const error = (failure as { error?: { message?: unknown } } | null)?.error
  return typeof error?.message === 'string' ? error.message : null
}
