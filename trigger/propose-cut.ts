import { schemaTask } from '@trigger.dev/sdk'
import { catalog } from '#lib/jobs/catalog.ts'
import { proposeCut } from '#lib/pipeline/propose-cut.ts'
import { taskServices } from '#lib/pipeline/task-services.ts'

/** Finds where the sermon begins and ends in a recording. */
export const proposeCutTask = schemaTask({
  id: 'propose-cut',
  schema: catalog['propose-cut'],
  concurrency: { perKey: 1, total: 1 },
  maxDuration: 3600,
  retry: { maxAttempts: 3, outOfMemory: { machine: 'small-2x' } },
  run: (payload, { ctx, signal }) =>
    proposeCut(
      {
        services: taskServices(),
        run: { runId: ctx.run.id, taskId: ctx.task.id, attempt: ctx.attempt.number, signal },
      },
      payload,
    ),
})
