import { schemaTask } from '@trigger.dev/sdk'
import { catalog } from '#lib/jobs/catalog.ts'
import { taskServices } from '#lib/pipeline/task-services.ts'
import { transcribeSermon } from '#lib/pipeline/transcribe-sermon.ts'

/** Transcribes a sermon. Not started when a transcript was supplied. */
export const transcribe = schemaTask({
  id: 'transcribe',
  schema: catalog.transcribe,
  // Mostly waits for the vendor, so several runs execute at the same time.
  concurrency: { perKey: 1, total: 3 },
  maxDuration: 4 * 3600,
  retry: {
    maxAttempts: 6,
    minTimeoutInMs: 2000,
    maxTimeoutInMs: 300_000,
    outOfMemory: { machine: 'medium-1x' },
  },
  run: (payload, { ctx, signal }) =>
    transcribeSermon(
      {
        services: taskServices(),
        run: { runId: ctx.run.id, taskId: ctx.task.id, attempt: ctx.attempt.number, signal },
      },
      payload,
    ),
})
