import { schemaTask } from '@trigger.dev/sdk'
import { catalog } from '#lib/jobs/catalog.ts'
import { tagPodcastFile } from '#lib/pipeline/tag-podcast-file.ts'
import { taskServices } from '#lib/pipeline/task-services.ts'

/** Writes changed chapters into the podcast file of a sermon. */
export const tagPodcastFileTask = schemaTask({
  id: 'tag-podcast-file',
  schema: catalog['tag-podcast-file'],
  // One at a time for each sermon, so that the last change is the one that stays.
  concurrency: { perKey: 1, total: 2 },
  maxDuration: 900,
  retry: { maxAttempts: 5, outOfMemory: { machine: 'small-2x' } },
  run: (payload, { ctx, signal }) =>
    tagPodcastFile(
      {
        services: taskServices(),
        run: { runId: ctx.run.id, taskId: ctx.task.id, attempt: ctx.attempt.number, signal },
      },
      payload,
    ),
})
