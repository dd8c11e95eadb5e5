import { schemaTask } from '@trigger.dev/sdk'
import { catalog } from '#lib/jobs/catalog.ts'
import { taskServices } from '#lib/pipeline/task-services.ts'
import { timeTranscript } from '#lib/pipeline/time-transcript.ts'

/** Times the words of a text that was supplied without times. */
export const timeTranscriptTask = schemaTask({
  id: 'time-transcript',
  schema: catalog['time-transcript'],
  concurrency: { perKey: 1, total: 1 },
  maxDuration: 4 * 3600,
  retry: { maxAttempts: 5, outOfMemory: { machine: 'medium-1x' } },
  run: (payload, { ctx, signal }) =>
    timeTranscript(
      {
        services: taskServices(),
        run: { runId: ctx.run.id, taskId: ctx.task.id, attempt: ctx.attempt.number, signal },
      },
      payload,
    ),
})
