import { schemaTask } from '@trigger.dev/sdk'
import { catalog } from '#lib/jobs/catalog.ts'
import { taskServices } from '#lib/pipeline/task-services.ts'
import { removeStoredObjects } from '#lib/sermons/remove-stored-objects.ts'

/** Removes the files of a sermon that was removed. */
export const removeObjectsTask = schemaTask({
  id: 'remove-objects',
  schema: catalog['remove-objects'],
  concurrency: { total: 2 },
  maxDuration: 600,
  // Storage may be unavailable or busy for a while, and no user waits for this.
  retry: {
    maxAttempts: 10,
    minTimeoutInMs: 2000,
    maxTimeoutInMs: 900_000,
    outOfMemory: { machine: 'small-2x' },
  },
  run: (payload) => removeStoredObjects(taskServices(), payload),
})
