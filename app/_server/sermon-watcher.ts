import { services } from '#app/_server/services.ts'
import { createSermonWatcher, type SermonWatcher } from '#lib/sermons/watch-sermons.ts'

declare global {
  var selahSermonWatcher: SermonWatcher | undefined
}

/** The one watcher of this process. */
export function sermonWatcher(): SermonWatcher {
  globalThis.selahSermonWatcher ??= createSermonWatcher(services())
  return globalThis.selahSermonWatcher
}
