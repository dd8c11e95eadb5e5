import { schemaTask } from '@trigger.dev/sdk'
import { catalog } from '#lib/jobs/catalog.ts'
import { readSuppliedTranscript } from '#lib/pipeline/read-supplied-transcript.ts'
import { taskServices } from '#lib/pipeline/task-services.ts'

/** Reads a supplied transcript. It does not wait in the queue of `transcribe`: captions need no recogniser. */
export const readTranscriptTask = schemaTask({
  id: 'read-transcript',
  schema: catalog['read-transcript'],
  concurrency: { perKey: 1, total: 2 },
  maxDuration: 3600,
  retry: { maxAttempts: 5, outOfMemory: { machine: 'medium-1x' } },
  run: (payload, { ctx, signal }) =>
    readSuppliedTranscript(
      {
        services: taskServices(),
        run: { runId: ctx.run.id, taskId: ctx.task.id, attempt: ctx.attempt.number, signal },
      },
      payload,
    ),
})
