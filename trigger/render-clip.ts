import { schemaTask } from '@trigger.dev/sdk'
import { catalog } from '#lib/jobs/catalog.ts'
import { renderClip } from '#lib/pipeline/render-clip.ts'
import { taskServices } from '#lib/pipeline/task-services.ts'

/** Makes a captioned clip of a passage. */
export const renderClipTask = schemaTask({
  id: 'render-clip',
  schema: catalog['render-clip'],
  // CPU-bound, and recordings must not wait for it: one at a time, at low priority in its own process.
  concurrency: { perKey: 1, total: 1 },
  machine: 'medium-1x',
  maxDuration: 1800,
  retry: { maxAttempts: 4, outOfMemory: { machine: 'large-1x' } },
  run: (payload, { ctx, signal }) =>
    renderClip(
      {
        services: taskServices(),
        run: { runId: ctx.run.id, taskId: ctx.task.id, attempt: ctx.attempt.number, signal },
      },
      payload,
    ),
})
