'use client'

import { useCallback, useEffect, useState } from 'react'
import type { Answer } from './answer-stream.ts'
import { emptyAnswer } from './empty-answer.ts'
import type { Asking } from './follow-answer.ts'

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
    // Its code is loaded with the first question.
    void import('./follow-answer.ts')
      .then(({ followAnswer }) =>
        followAnswer(body, own.signal, (answer) => {
          if (!own.signal.aborted) setProgress({ body, answer })
        }),
      )
      .then(keep, () => keep({ state: 'failed', failure: 'noAnswer', message: null }))
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
