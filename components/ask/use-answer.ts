'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import {
  type Answer,
  AnswerError,
  type AnswerFailure,
  addAnswerPart,
  emptyAnswer,
  readStreamParts,
} from './answer-stream.ts'

export type Asking =
  | { state: 'idle' }
  | { state: 'asking' | 'answered'; question: string; answer: Answer }
  | {
      state: 'failed'
      question: string
      /** The message to show when the server gave no sentence of its own. */
      failure: AnswerFailure
      /** The server's sentence for a reader, or null. */
      message: string | null
    }

/** How many earlier questions are sent; the API takes no more. */
const MAX_EARLIER = 5

/**
 * Asks a question and follows its answer. A new question cancels the one before it. The questions asked before on
 * the same page are sent with it, so that "and what about his brother?" keeps its subject.
 */
export function useAnswer(sermonId: string | null): [asking: Asking, ask: (question: string) => void] {
  const [asking, setAsking] = useState<Asking>({ state: 'idle' })
  const running = useRef<AbortController | null>(null)
  const asked = useRef<string[]>([])
  useEffect(() => () => running.current?.abort(), [])

  const ask = useCallback(
    (question: string) => {
      running.current?.abort()
      const own = new AbortController()
      running.current = own
      const show = (next: Asking) => {
        if (!own.signal.aborted) setAsking(next)
      }
      const earlier = asked.current.filter((other) => other !== question).slice(-MAX_EARLIER)
      asked.current = [...earlier, question]
      show({ state: 'asking', question, answer: emptyAnswer })
      void followAnswer({ question, earlier, ...(sermonId ? { sermonId } : {}) }, own.signal, (answer) =>
        show({ state: 'asking', question, answer }),
      ).then(
        (answer) => show({ state: 'answered', question, answer }),
        (error: unknown) =>
          show({
            state: 'failed',
            question,
            failure: error instanceof AnswerError ? error.failure : 'noAnswer',
            message: error instanceof AnswerError ? error.sentence : null,
          }),
      )
    },
    [sermonId],
  )
  return [asking, ask]
}

async function followAnswer(
  body: { question: string; earlier: string[]; sermonId?: string },
  signal: AbortSignal,
  onProgress: (answer: Answer) => void,
): Promise<Answer> {
  const response = await fetch('/api/v1/ask', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify(body),
    signal,
  })
  if (!response.ok || !response.body) {
    const failure: unknown = await response.json().catch(() => null)
    throw new AnswerError('noAnswer', readMessage(failure))
  }
  let answer = emptyAnswer
  for await (const part of readStreamParts(response.body)) {
    answer = addAnswerPart(answer, part)
    onProgress(answer)
  }
  return answer
}

function readMessage(failure: unknown): string | null {
  if (typeof failure !== 'object' || failure === null || !('error' in failure)) return null
  const { error } = failure
  if (typeof error !== 'object' || error === null || !('message' in error)) return null
  return typeof error.message === 'string' ? error.message : null
}
