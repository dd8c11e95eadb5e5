import type { RunStatus, StoredError } from '#lib/db/schema.ts'

/** Codes of failures that the user must fix, not the operator. */
export const expectedCodes = [
  'bad_request',
  'unprocessable',
  'unsupported_media',
  'too_large',
  'not_found',
] as const

export type Explanation = { reason: string; advice: string }

const outOfMemory = /out of memory|oom|heap|signal.*kill/i

/** Explains why a run failed and what to do about it. */
export function explainRunFailure(run: {
  taskId: string
  status: RunStatus
  error: StoredError | null
}): Explanation {
  const { taskId, status, error } = run
  if (status === 'timed_out') {
    return {
      reason: `“${taskId}” exceeded its time limit and was stopped.`,
      advice:
        'Redrive it: finished steps are skipped. If it stops again, check which step of the run hangs, or raise the time limit.',
    }
  }
  if (status === 'expired') {
    return {
      reason: `“${taskId}” waited in its queue for too long and expired.`,
      advice: 'Check whether its queue is paused or its limit is too small, then redrive.',
    }
  }
  if (error?.reason === 'run.lost') {
    return {
      reason: `The job engine has no record of this run of “${taskId}”.`,
      advice:
        'Check whether the engine was reset or moved, or its key was changed. Then redrive: finished steps are skipped.',
    }
  }
  if (error && outOfMemory.test(error.message)) {
    return {
      reason: `“${taskId}” was stopped because it ran out of memory.`,
      advice: 'Give the task a larger machine, or free memory on this one, then redrive.',
    }
  }
  if (status === 'crashed') {
    return {
      reason: `The process that ran “${taskId}” stopped before the work was done${error ? `: ${firstLine(error.message)}` : '.'}`,
      advice:
        'The usual cause is a restart or a crash of the machine: redrive. If it happens again, read the log of the run.',
    }
  }
  return {
    reason: `“${taskId}” failed after its last attempt${error ? `: ${firstLine(error.message)}` : '.'}`,
    advice: adviceOf(error),
  }
}

function adviceOf(error: StoredError | null): string {
  switch (error?.code) {
    case 'vendor_failed':
      return 'Check the key, the credit and the status page of the service named in the error, then redrive.'
    case 'unavailable':
      return 'Check that this machine can reach the service named in the error, then redrive.'
    case 'rate_limited':
      return 'Wait until the service accepts requests again, then redrive slowly.'
    default:
      return 'Read the error and the log of the run, fix the cause, then redrive one before the rest.'
  }
}

function firstLine(text: string): string {
  const [line = ''] = text.split('\n')
  return line.slice(0, 300)
}
