import { services } from '#app/_server/services.ts'
import { createJobWatcher, type JobWatcher } from '#lib/runs/watch-jobs.ts'

const holder = globalThis as typeof globalThis & { selahJobWatcher?: JobWatcher }

/** The one watcher of this process. */
export function jobWatcher(): JobWatcher {
  holder.selahJobWatcher ??= createJobWatcher({ connectionString: services().env.DATABASE_URL })
  return holder.selahJobWatcher
}
