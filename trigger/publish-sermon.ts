import { schemaTask } from '@trigger.dev/sdk'
import { catalog } from '#lib/jobs/catalog.ts'
import { taskServices } from '#lib/jobs/task-services.ts'
import { publishDueSermon } from '#lib/sermons/publish-sermon.ts'

/** Publishes a sermon whose planned time has come. */
export const publishSermonTask = schemaTask({
  id: 'publish-sermon',
  schema: catalog['publish-sermon'],
  concurrency: { total: 5 },
  maxDuration: 300,
  run: async (payload) => ({
    published: await publishDueSermon({ ...taskServices(), now: () => new Date() }, payload),
  }),
})
