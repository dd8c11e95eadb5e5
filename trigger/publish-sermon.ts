import { schemaTask } from '@trigger.dev/sdk'
import { catalog } from '#lib/jobs/catalog.ts'
import { taskServices } from '#lib/pipeline/task-services.ts'
import { publishDueSermon } from '#lib/sermons/publish-sermon.ts'

/** Publishes a sermon whose planned time has come. */
export const publishSermonTask = schemaTask({
  id: 'publish-sermon',
  schema: catalog['publish-sermon'],
  concurrency: { total: 5 },
  maxDuration: 300,
  // Its time has come: it is tried for long rather than given up.
  retry: { maxAttempts: 10, outOfMemory: { machine: 'small-2x' } },
  run: async (payload) => ({
    published: await publishDueSermon({ ...taskServices(), now: () => new Date() }, payload),
  }),
})
