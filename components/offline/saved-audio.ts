/** The cache of a saved sermon. It is complete once its record is in it. */
export const cachePrefix = 'selah-sermon-'
export const recordAddress = (trackId: string) => `/offline/${trackId}/sermon.json`
export const audioAddress = (trackId: string) => `/offline/${trackId}/audio.m4a`

/** Whether this browser can keep sermons: it needs a secure connection. */
export const canSave = () => 'caches' in window && 'serviceWorker' in navigator

/** The audio of a saved sermon, or null when it is not saved. The browser reads it from its disk in parts. */
export async function readSavedAudio(trackId: string): Promise<Blob | null> {
  const cacheName = `${cachePrefix}${trackId}`
  if (!canSave() || !(await caches.has(cacheName))) return null
  const cache = await caches.open(cacheName)
  if (!(await cache.match(recordAddress(trackId)))) return null
  return (await (await cache.match(audioAddress(trackId)))?.blob()) ?? null
}
