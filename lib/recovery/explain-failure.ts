import type { RunStatus, StoredError } from '#lib/db/schema.ts'

/** Failures that are about what a person uploaded or asked for: theirs to mend, not the operator's. */
export const expectedCodes = [
  'bad_request',
  'unprocessable',
  'unsupported_media',
  'too_large',
  'not_found',
] as const

export type Explanation = { reason: string; advice: string }

const outOfMemory = /out of memory|oom|heap|signal.*kill/i

/** Says in plain words why a run ended and what to do about it. */
export function explainRunFailure(run: {
  taskId: string
  status: RunStatus
  error: StoredError | null
}): Explanation {
  const { taskId, status, error } = run
  if (status === 'timed_out') {
    return {
      reason: `“${taskId}” took longer than it may and was stopped.`,
      advice:
        'Redrive it: finished steps are skipped. If it stops again, see which step of the run hangs, or allow it more time.',
    }
  }
  if (status === 'expired') {
    return {
      reason: `“${taskId}” waited in its queue longer than it may.`,
      advice: 'See whether its queue is paused or its limit too small, then redrive.',
    }
  }
  if (error?.reason === 'run.lost') {
    return {
      reason: `The job engine no longer knows this run of “${taskId}”.`,
      advice: 'Was the engine reset or moved, or its key changed? Redrive: finished steps are skipped.',
    }
  }
  if (error && outOfMemory.test(error.message)) {
    return {
      reason: `“${taskId}” was ended because it needed too much memory.`,
      advice: 'Give the task a larger machine, or free memory on this one, then redrive.',
    }
  }
  if (status === 'crashed') {
    return {
      reason: `The process that ran “${taskId}” ended before its work did${error ? `: ${firstLine(error.message)}` : '.'}`,
      advice:
        'Usually a restart or a crash of the machine: redrive. If it happens again, read the run’s log.',
    }
  }
  return {
    reason: `“${taskId}” failed after its last try${error ? `: ${firstLine(error.message)}` : '.'}`,
    advice: adviceOf(error),
  }
}

function adviceOf(error: StoredError | null): string {
  switch (error?.code) {
    case 'vendor_failed':
      return 'Check the key, the credit and the status page of the service it names, then redrive.'
    case 'unavailable':
      return 'Check that the service it names can be reached from here, then redrive.'
    case 'rate_limited':
      return 'Wait until the service takes requests again, then redrive slowly.'
    default:
      return 'Read the error and the run’s log, mend the cause, then redrive one before the rest.'
  }
}

function firstLine(text: string): string {
  const [line = ''] = text.split('\n')
  return line.slice(0, 300)
}
