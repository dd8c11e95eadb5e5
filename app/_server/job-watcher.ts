import { services } from '#app/_server/services.ts'
import { createJobWatcher, type JobWatcher } from '#lib/runs/watch-jobs.ts'

declare global {
  var selahJobWatcher: JobWatcher | undefined
}

/** The one watcher of this process. */
export function jobWatcher(): JobWatcher {
  globalThis.selahJobWatcher ??= createJobWatcher({ connectionString: services().env.DATABASE_URL })
  return globalThis.selahJobWatcher
}
