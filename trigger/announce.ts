import { schemaTask } from '@trigger.dev/sdk'
import { catalog } from '#lib/jobs/catalog.ts'
import { announceSermon } from '#lib/pipeline/announce-sermon.ts'
import { taskServices } from '#lib/pipeline/task-services.ts'

/** Announces once that a sermon is ready. */
export const announce = schemaTask({
  id: 'announce',
  schema: catalog.announce,
  concurrency: { total: 5 },
  maxDuration: 300,
  retry: { maxAttempts: 5, outOfMemory: { machine: 'small-2x' } },
  run: (payload, { ctx, signal }) =>
    announceSermon(
      {
        services: taskServices(),
        run: { runId: ctx.run.id, taskId: ctx.task.id, attempt: ctx.attempt.number, signal },
      },
      payload,
    ),
})
