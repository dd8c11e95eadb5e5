import { batch, idempotencyKeys, schemaTask, tasks } from '@trigger.dev/sdk'
import { catalog } from '#lib/jobs/catalog.ts'
import { needsIndex, planProcessing } from '#lib/pipeline/plan-processing.ts'
import { isPostponed } from '#lib/pipeline/postpone-when-limited.ts'
import { taskServices } from '#lib/pipeline/task-services.ts'
import type { announce } from './announce.ts'
import type { indexPassagesTask } from './index-passages.ts'
import type { prepareMediaTask } from './prepare-media.ts'
import type { readTranscriptTask } from './read-transcript.ts'
import type { transcribe } from './transcribe.ts'

/**
 * Processes a sermon: starts the child tasks for audio and transcript, waits for them, then indexes and
 * announces.
 */
export const processSermon = schemaTask({
  id: 'process-sermon',
  schema: catalog['process-sermon'],
  // One at a time for each sermon, in the order requested; the children have their own limits.
  concurrency: { perKey: 1, total: 50 },
  maxDuration: 12 * 3600,
  retry: { maxAttempts: 5, outOfMemory: { machine: 'small-2x' } },
  run: async (payload, { ctx, signal }) => {
    const { churchId, sermonId, mediaRevision } = payload
    const context = {
      services: taskServices(),
      run: { runId: ctx.run.id, taskId: ctx.task.id, attempt: ctx.attempt.number, signal },
    }
    const request = payload.eventId ?? ctx.run.id
    const options = async (step: string) => ({
      idempotencyKey: await idempotencyKeys.create(`${request}/${step}`, { scope: 'global' }),
      concurrencyKey: churchId,
      tags: [`sermon_${sermonId}`],
    })

    const plan = await planProcessing(context, payload)
    if (plan.superseded) return { outcome: 'superseded' as const }

    const work = { churchId, sermonId, mediaRevision }
    const child = async <Id extends 'prepare-media' | 'read-transcript' | 'transcribe'>(id: Id) => ({
      id,
      payload: work,
      options: await options(id),
    })
    const children = [
      ...(plan.media ? [await child('prepare-media')] : []),
      ...(plan.transcript === 'read' ? [await child('read-transcript')] : []),
      ...(plan.transcript === 'listen' ? [await child('transcribe')] : []),
    ]
    const failed: string[] = []
    const postponed: string[] = []
    const note = (taskId: string, result: { ok: true; output: unknown } | { ok: false }) => {
      if (!result.ok) failed.push(taskId)
      else if (isPostponed(result.output)) postponed.push(taskId)
    }
    if (children.length > 0) {
      const results = await batch.triggerAndWait<
        typeof prepareMediaTask | typeof readTranscriptTask | typeof transcribe
      >(children)
      for (const result of results.runs) note(result.taskIdentifier ?? '', result)
    }

    // A cancellation also stops the children; their parent must not continue after it.
    signal.throwIfAborted()
    if (await needsIndex(context, payload)) {
      const indexed = await tasks.triggerAndWait<typeof indexPassagesTask>(
        'index-passages',
        { churchId, sermonId },
        await options('index-passages'),
      )
      note('index-passages', indexed)
    }
    signal.throwIfAborted()
    if (failed.length > 0) return { outcome: 'failed' as const, failed, postponed }
    if (postponed.length > 0) return { outcome: 'postponed' as const, failed, postponed }
    await tasks.triggerAndWait<typeof announce>('announce', { churchId, sermonId }, await options('announce'))
    return { outcome: 'done' as const, failed, postponed }
  },
})
