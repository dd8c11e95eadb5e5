'use client'

import { useCallback, useEffect, useState } from 'react'
import {
  type Answer,
  AnswerError,
  type AnswerFailure,
  addAnswerPart,
  emptyAnswer,
  readStreamParts,
} from './answer-stream.ts'

export type Asking =
  | { state: 'asking' | 'answered'; answer: Answer }
  | {
      state: 'failed'
      /** The message to show when the server gave no sentence of its own. */
      failure: AnswerFailure
      /** The server's sentence for a reader, or null. */
      message: string | null
    }

/** The answer to the request `body`, which the server sent with the page. */
export type GivenAnswer = { body: string; asking: Asking }

/**
 * Follows the answer to `body`, the body of `POST /api/v1/ask`; null while nothing is asked. Another body cancels
 * the request before it. Answers are kept while the component is mounted, so that going back shows them immediately.
 */
export function useAnswer(
  body: string | null,
  given: GivenAnswer | null,
): [asking: Asking | null, askAgain: () => void] {
  const [kept, setKept] = useState<ReadonlyMap<string, Asking | null>>(new Map())
  const [progress, setProgress] = useState<{ body: string; answer: Answer } | null>(null)
  const known =
    body === null ? null : kept.has(body) ? kept.get(body) : given?.body === body ? given.asking : null
  const isKnown = Boolean(known)

  useEffect(() => {
    if (body === null || isKnown) return
    const own = new AbortController()
    const keep = (asking: Asking) => {
      if (!own.signal.aborted) setKept((before) => new Map(before).set(body, asking))
    }
    void followAnswer(body, own.signal, (answer) => {
      if (!own.signal.aborted) setProgress({ body, answer })
    }).then(
      (answer) => keep({ state: 'answered', answer }),
      (error: unknown) =>
        keep({
          state: 'failed',
          failure: error instanceof AnswerError ? error.failure : 'noAnswer',
          message: error instanceof AnswerError ? error.sentence : null,
        }),
    )
    return () => own.abort()
  }, [body, isKnown])

  const askAgain = useCallback(() => {
    if (body === null) return
    setProgress(null)
    setKept((before) => new Map(before).set(body, null))
  }, [body])

  if (body === null) return [null, askAgain]
  const answer = progress?.body === body ? progress.answer : emptyAnswer
  return [known ?? { state: 'asking', answer }, askAgain]
}

async function followAnswer(
  body: string,
  signal: AbortSignal,
  onProgress: (answer: Answer) => void,
): Promise<Answer> {
  const response = await fetch('/api/v1/ask', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body,
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
