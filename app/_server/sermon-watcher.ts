import { services } from '#app/_server/services.ts'
import { createSermonWatcher, type SermonWatcher } from '#lib/sermons/watch-sermons.ts'

const holder = globalThis as typeof globalThis & { selahSermonWatcher?: SermonWatcher }

/** The one watcher of this process. */
export function sermonWatcher(): SermonWatcher {
  holder.selahSermonWatcher ??= createSermonWatcher(services())
  return holder.selahSermonWatcher
}
