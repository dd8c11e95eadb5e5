import { isGone } from '#components/player/is-gone.ts'
import type { Track } from '#components/player/track.ts'
import { offlineStore } from './offline-store.ts'

/**
 * Removes the saved sermons that may no longer be listened to: they were unpublished, removed, or have another
 * recording. Does nothing without a network. Calls `onRemoved` for each.
 */
export async function checkSaved(onRemoved: (track: Track) => void): Promise<void> {
  for (const { track } of await offlineStore.refresh()) {
    if (!(await isGone(track.hlsUrl))) continue
    await offlineStore.remove(track.id)
    onRemoved(track)
  }
}
