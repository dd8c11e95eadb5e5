import { schemaTask } from '@trigger.dev/sdk'
import { catalog } from '#lib/jobs/catalog.ts'
import { prepareMedia } from '#lib/pipeline/prepare-media.ts'
import { taskServices } from '#lib/pipeline/task-services.ts'

/** Turns a recording into levelled, adaptive audio. */
export const prepareMediaTask = schemaTask({
  id: 'prepare-media',
  schema: catalog['prepare-media'],
  // CPU-bound: one recording uses all the cores it may use, and no church blocks the others.
  concurrency: { perKey: 1, total: 1 },
  machine: 'medium-1x',
  maxDuration: 4 * 3600,
  retry: { maxAttempts: 4, outOfMemory: { machine: 'large-1x' } },
  run: (payload, { ctx, signal }) =>
    prepareMedia(
      {
        services: taskServices(),
        run: { runId: ctx.run.id, taskId: ctx.task.id, attempt: ctx.attempt.number, signal },
      },
      payload,
    ),
})
