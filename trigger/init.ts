import { setTimeout as delay } from 'node:timers/promises'
import { locals, type TaskRunContext, tasks } from '@trigger.dev/sdk'
import { createServices } from '#lib/create-services.ts'
import { env } from '#lib/env.ts'
import { AppError, type ErrorCode } from '#lib/errors.ts'
import { scheduledTasks } from '#lib/jobs/catalog.ts'
import { recordClipFailure } from '#lib/pipeline/record-clip-failure.ts'
import { recordFacetFailure } from '#lib/pipeline/record-facet-failure.ts'
import { servicesLocal, taskServices, toRunContext } from '#lib/pipeline/task-services.ts'
import { recordRunFinished, recordRunRetrying, recordRunStarted } from '#lib/runs/record-run.ts'
import { recordRunCancelled } from '#lib/runs/record-run-cancelled.ts'
import { recordWithRetry } from '#lib/runs/record-with-retry.ts'
import { TranscriberError } from '#lib/transcripts/transcriber-error.ts'

/** Opens the services before every run and closes them after it, so that runs share nothing. */
tasks.middleware('services', async ({ next }) => {
  const services = createServices(env())
  locals.set(servicesLocal, services)
  try {
    await next()
  } finally {
    await services.close()
  }
})

tasks.onStartAttempt('record', async ({ ctx, payload }) => {
  if (isScheduled(ctx)) return
  await recordWithRetry(() => recordRunStarted(taskServices(), toRunContext(ctx, payload)))
})

tasks.onSuccess('record', async ({ ctx, output }) => {
  if (isScheduled(ctx)) return
  const run = { runId: ctx.run.id, taskId: ctx.task.id, status: 'completed' as const, output }
  await recordWithRetry(() => recordRunFinished(taskServices(), run))
})

tasks.onFailure('record', async ({ ctx, payload, error }) => {
  if (isScheduled(ctx)) return
  const run = { runId: ctx.run.id, taskId: ctx.task.id, status: 'failed' as const, error }
  await recordWithRetry(() => recordRunFinished(taskServices(), run))
  const failure = { taskId: ctx.task.id, payload, error }
  await recordWithRetry(() => recordFacetFailure(taskServices(), failure))
  await recordWithRetry(() => recordClipFailure(taskServices(), failure))
})

tasks.onCancel('record', async ({ ctx, runPromise }) => {
  if (isScheduled(ctx)) return
  // This comes first, because the services close when the work ends.
  await recordWithRetry(() => recordRunCancelled(taskServices(), { runId: ctx.run.id }))
  // The process is killed after this hook; this gives the work time to remove its files.
  await Promise.race([Promise.allSettled([runPromise]), delay(CANCEL_GRACE_MS, null, { ref: false })])
})

/** An expected failure that a retry cannot fix ends the run; any other failure is retried. */
tasks.catchError(async ({ ctx, error }) => {
  // It has one attempt, and the engine keeps its error.
  if (isScheduled(ctx)) return { skipRetrying: true }
  if (error instanceof AppError && !isTemporary(error)) return { skipRetrying: true }
  // An error in this hook would end the run permanently, although it must be retried while the database is unavailable.
  await recordWithRetry(() => recordRunRetrying(taskServices(), { runId: ctx.run.id, error }))
  if (error instanceof AppError && error.retryAfterMs !== undefined) {
    return { retryDelayInMs: error.retryAfterMs }
  }
  return undefined
})

/** The runs of these tasks belong to no sermon, and there is one every minute: they have no record. */
function isScheduled({ task }: TaskRunContext): boolean {
  return scheduledTasks.some((id) => id === task.id)
}

/** Must be well below the time after which the engine kills the process. */
const CANCEL_GRACE_MS = 1000

const temporaryCodes: readonly ErrorCode[] = [
  'rate_limited',
  'vendor_failed',
  'unavailable',
  'internal',
  'conflict',
]

function isTemporary(error: AppError): boolean {
  if (error instanceof TranscriberError) return error.retryable
  return temporaryCodes.includes(error.code)
}
