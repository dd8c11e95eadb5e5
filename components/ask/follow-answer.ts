import {
  type Answer,
  AnswerError,
  type AnswerFailure,
  addAnswerPart,
  readStreamParts,
} from './answer-stream.ts'
import { emptyAnswer } from './empty-answer.ts'

export type Asking =
  | { state: 'asking' | 'answered'; answer: Answer }
  | {
      state: 'failed'
      /** The message to show when the server gave no sentence of its own. */
      failure: AnswerFailure
      /** The server's sentence for a reader, or null. */
      message: string | null
    }

/**
 * Asks with `body`, the body of `POST /api/v1/ask`, and reads the answer; `onProgress` gets what has arrived so far.
 * A failure is a state, not an error.
 */
export async function followAnswer(
  body: string,
  signal: AbortSignal,
  onProgress: (answer: Answer) => void,
): Promise<Asking> {
  try {
    return { state: 'answered', answer: await readAnswer(body, signal, onProgress) }
  } catch (error) {
    return error instanceof AnswerError
      ? { state: 'failed', failure: error.failure, message: error.sentence }
      : { state: 'failed', failure: 'noAnswer', message: null }
  }
}

async function readAnswer(
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
