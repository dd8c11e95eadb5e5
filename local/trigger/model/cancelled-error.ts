import type { TaskRunError } from '@trigger.dev/core/v3'

/** The error of a cancelled run. */
export const cancelledError: TaskRunError = { type: 'INTERNAL_ERROR', code: 'TASK_RUN_CANCELLED' }
