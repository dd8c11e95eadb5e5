import { schemaTask } from '@trigger.dev/sdk'
import { catalog } from '#lib/jobs/catalog.ts'
import { taskServices } from '#lib/pipeline/task-services.ts'
import { publishDueSermon } from '#lib/sermons/publish-sermon.ts'

/** Publishes a scheduled sermon when it is due. */
export const publishSermonTask = schemaTask({
  id: 'publish-sermon',
  schema: catalog['publish-sermon'],
  concurrency: { total: 5 },
  maxDuration: 300,
  // Retried for a long time, because its time has come.
  retry: { maxAttempts: 10, outOfMemory: { machine: 'small-2x' } },
  run: async (payload) => ({
    published: await publishDueSermon({ ...taskServices(), now: () => new Date() }, payload),
  }),
})
