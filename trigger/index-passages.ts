import { schemaTask } from '@trigger.dev/sdk'
import { catalog } from '#lib/jobs/catalog.ts'
import { indexSermon } from '#lib/pipeline/index-sermon.ts'
import { taskServices } from '#lib/pipeline/task-services.ts'

/** Indexes a transcript for search. */
export const indexPassagesTask = schemaTask({
  id: 'index-passages',
  schema: catalog['index-passages'],
  // Limited because all vectors of a sermon are in memory.
  concurrency: { perKey: 1, total: 2 },
  maxDuration: 1800,
  retry: { maxAttempts: 5, outOfMemory: { machine: 'medium-1x' } },
  run: (payload, { ctx, signal }) =>
    indexSermon(
      {
        services: taskServices(),
        run: { runId: ctx.run.id, taskId: ctx.task.id, attempt: ctx.attempt.number, signal },
      },
      payload,
    ),
})
