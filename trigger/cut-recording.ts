import { schemaTask } from '@trigger.dev/sdk'
import { catalog } from '#lib/jobs/catalog.ts'
import { cutRecording } from '#lib/pipeline/cut-recording.ts'
import { taskServices } from '#lib/pipeline/task-services.ts'

/** Prepares a part of a recording and publishes it in the place of what is published. */
export const cutRecordingTask = schemaTask({
  id: 'cut-recording',
  schema: catalog['cut-recording'],
  // CPU-bound, like the preparation of a whole recording.
  concurrency: { perKey: 1, total: 1 },
  machine: 'medium-1x',
  maxDuration: 4 * 3600,
  retry: { maxAttempts: 4, outOfMemory: { machine: 'large-1x' } },
  run: (payload, { ctx, signal }) =>
    cutRecording(
      {
        services: taskServices(),
        run: { runId: ctx.run.id, taskId: ctx.task.id, attempt: ctx.attempt.number, signal },
      },
      payload,
    ),
})
