import { pauseSkipper } from '#components/player/pause-skipper.ts'
import type { Player } from '#components/player/player.ts'
import { reportWaits } from '#components/player/report-waits.ts'
import { sleepTimer } from '#components/player/sleep-timer.ts'
import { volumeBoost } from '#components/player/volume-boost.ts'
import { libraryStore } from './own-library.ts'

/**
 * Notes what is heard, reports how long the listener waits for sound, skips pauses if the listener wants that, and plays
 * the queue: the next sermon begins when one has ended, unless the sleep timer stops at its end. A recording that gave way to a part of it, or to its whole, is continued there. Returns a function that stops this.
 */
export function connectLibrary(player: Player, chosen: { chosenAtMs: number }): () => void {
  pauseSkipper.start()
  volumeBoost.start()
  const stopReports = reportWaits(player, chosen)
  const stopNext = player.supplyNext(() => libraryStore.takeNext())
  let last = player.store.read()
  const unsubscribe = player.store.subscribe(() => {
    const { track, status, error } = player.store.read()
    const before = last
    last = player.store.read()
    if (track && status === 'playing' && (before.status !== 'playing' || before.track?.id !== track.id))
      libraryStore.noteHeard(track)
    if (error === 'failedGone' && before.error !== error) void continueInPresent(player)
    if (status === 'ended' && before.status !== 'ended' && !sleepTimer.stopsAtEnd()) player.playNext()
  })
  return () => {
    unsubscribe()
    stopReports()
    stopNext()
  }
}

async function continueInPresent(player: Player): Promise<void> {
  const { track, positionMs } = player.store.read()
  const { findPresent } = await import('./follow-recordings.ts')
  const present = track && (await findPresent(track, positionMs))
  // The listener may have chosen something else in the meantime.
  if (present && player.store.read().track === track) player.playTrack(present.track, present.atMs)
}
