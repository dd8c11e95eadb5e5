import { batch, idempotencyKeys, schemaTask, tasks } from '@trigger.dev/sdk'
import { catalog } from '#lib/jobs/catalog.ts'
import { taskServices } from '#lib/jobs/task-services.ts'
import { needsIndex, planProcessing } from '#lib/pipeline/plan-processing.ts'
import type { announce } from './announce.ts'
import type { indexPassagesTask } from './index-passages.ts'
import type { prepareMediaTask } from './prepare-media.ts'
import type { transcribe } from './transcribe.ts'

/** Takes a sermon from its recording to being heard, read and searched: fans out, waits, goes on. */
export const processSermon = schemaTask({
  id: 'process-sermon',
  schema: catalog['process-sermon'],
  // One at a time for each sermon, in the order asked for; the work itself is limited by the children.
  concurrency: { perKey: 1, total: 50 },
  maxDuration: 12 * 3600,
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
    const children = [
      ...(plan.media
        ? [{ id: 'prepare-media' as const, payload: work, options: await options('prepare-media') }]
        : []),
      { id: 'transcribe' as const, payload: work, options: await options('transcribe') },
    ]
    const results = await batch.triggerAndWait<typeof prepareMediaTask | typeof transcribe>(children)
    const failed: string[] = results.runs
      .filter(({ ok }) => !ok)
      .map(({ taskIdentifier }) => taskIdentifier ?? '')

    if (await needsIndex(context, payload)) {
      const indexed = await tasks.triggerAndWait<typeof indexPassagesTask>(
        'index-passages',
        { churchId, sermonId },
        await options('index-passages'),
      )
      if (!indexed.ok) failed.push('index-passages')
    }
    if (failed.length === 0) {
      await tasks.triggerAndWait<typeof announce>(
        'announce',
        { churchId, sermonId },
        await options('announce'),
      )
    }
    return { outcome: failed.length === 0 ? ('done' as const) : ('failed' as const), failed }
  },
})
