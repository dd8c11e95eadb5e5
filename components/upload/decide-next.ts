import type { MessageKey } from '#lib/messages/languages.ts'
import type { UploadFailure } from './upload-ports.ts'
import type { UploadProblem } from './upload-problem.ts'

/** What to do after a failure. */
export type NextStep =
  | { do: 'retry' }
  | { do: 'renew' }
  | { do: 'start-over' }
  | { do: 'complete' }
  | { do: 'sign-in' }
  /** The file is no longer the one this upload began with. */
  | { do: 'choose-again' }
  | { do: 'fail'; problem: UploadProblem }

const refuse = (message: MessageKey<'upload'>): NextStep => ({
  do: 'fail',
  problem: { kind: 'refused', message },
})

export const retryDelaysMs = [1000, 2000, 4000, 8000, 15_000, 30_000] as const

/**
 * What to do when a transfer stopped. A lost connection, a server that restarts or is busy, and a lock of another
 * request are temporary; an expired token and an upload that the server no longer has are not.
 */
export function decideAfterTransfer(
  failure: UploadFailure,
  context: { stage: 'creating' | 'sending'; renewed: boolean; startedOver: boolean },
): NextStep {
  const { status } = failure
  if (status === 507) return refuse('diskFull')
  if (status === null || status >= 500 || status === 408 || status === 423 || status === 429) {
    return { do: 'retry' }
  }
  // The object exists already: every byte arrived and the answer to the last one was lost.
  if (status === 409) return context.stage === 'creating' ? { do: 'complete' } : { do: 'retry' }
  if ((status === 404 || status === 410) && !context.startedOver) return { do: 'start-over' }
  if ((status === 400 || status === 401 || status === 403) && !context.renewed) return { do: 'renew' }
  if (status === 413) {
    return refuse('tooLarge')
  }
  if (status === 415) {
    return refuse('notRecording')
  }
  return refuse('notAccepted')
}

/** What to do when a call of the API failed. The message of the API is shown unchanged. */
export function decideAfterCall(failure: UploadFailure): NextStep {
  const { status } = failure
  if (status === null || status >= 500 || status === 408 || status === 429) return { do: 'retry' }
  if (status === 401) return { do: 'sign-in' }
  if (failure.message === null) return refuse('callNotAccepted')
  return { do: 'fail', problem: { kind: 'server', sentence: failure.message } }
}
