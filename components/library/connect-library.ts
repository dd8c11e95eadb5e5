import { pauseSkipper } from '#components/player/pause-skipper.ts'
import type { Player } from '#components/player/player.ts'
import { recallContinuesSeries } from '#components/player/remember-listening.ts'
import { reportWaits } from '#components/player/report-waits.ts'
import { readSavedTextsFrom } from '#components/player/saved-texts.ts'
import { sleepTimer } from '#components/player/sleep-timer.ts'
import { supplyChapters } from '#components/player/supply-chapters.ts'
import type { Track } from '#components/player/track.ts'
import { readTrackName } from '#components/player/track-name.ts'
import { volumeBoost } from '#components/player/volume-boost.ts'
import { libraryStore } from './own-library.ts'
import { announceUnfinished } from './unfinished.ts'

/** Its code is loaded when it is needed: most listeners save nothing. */
const readTexts = (trackId: string) =>
  import('#components/offline/saved-sermons.ts').then((file) => file.readSavedSermon(trackId))

/**
 * Notes what is heard, reports how long the listener waits for sound, supplies the chapters that a list does not have,
 * skips pauses if the listener wants that, and plays the queue: the next sermon begins when one has ended, or else the
 * next of its series, unless the sleep timer stops at its end. A recording that gave way to a part of it, or to its
 * whole, is continued there, and one that is not there any more is passed over: `onPassedOver` is told. Returns a
 * function that stops this.
 */
export function connectLibrary(
  player: Player,
  {
    onPassedOver,
    ...chosen
  }: { chosenAtMs: number; onPassedOver: (track: Track, next: { isNext: boolean }) => void },
): () => void {
  pauseSkipper.start()
  volumeBoost.start()
  const stopReports = reportWaits(player, chosen)
  const stopSaved = readSavedTextsFrom(readTexts)
  const stopChapters = supplyChapters(player)
  const stopNext = player.supplyNext(() => libraryStore.takeNext())
  let last = player.store.read()
  let playedId: string | null = null
  const unsubscribe = player.store.subscribe(() => {
    const { track, status, error } = player.store.read()
    const before = last
    last = player.store.read()
    if (track && status === 'playing' && (before.status !== 'playing' || before.track?.id !== track.id))
      noteHeard(track)
    if (track && status === 'playing') playedId = track.id
    if (track && error === 'failedGone' && before.error !== error)
      void replaceGone(player, track, { hasPlayed: playedId === track.id, onPassedOver })
    if (track && status === 'ended' && before.status !== 'ended' && !sleepTimer.stopsAtEnd()) {
      if (!player.playNext() && recallContinuesSeries()) void continueSeries(player, track)
    }
  })
  return () => {
    unsubscribe()
    stopReports()
    stopChapters()
    stopSaved()
    stopNext()
  }
}

function noteHeard(track: Track): void {
  libraryStore.noteHeard(track)
  announceUnfinished(true)
}

async function continueSeries(player: Player, ended: Track): Promise<void> {
  const { readNextInSeries } = await import('./read-playable.ts')
  const next = await readNextInSeries(readTrackName(ended.id).sermonId)
  const { track, status } = player.store.read()
  // The listener may have chosen something else in the meantime, or a time to stop.
  if (next && track?.id === ended.id && status === 'ended' && !sleepTimer.stopsAtEnd()) player.playTrack(next)
}

/** Plays what took the place of a recording that is not there any more, or else what is next in the queue. */
async function replaceGone(
  player: Player,
  gone: Track,
  {
    hasPlayed,
    onPassedOver,
  }: { hasPlayed: boolean; onPassedOver: (track: Track, next: { isNext: boolean }) => void },
): Promise<void> {
  const { findPresent } = await import('./follow-recordings.ts')
  const present = await findPresent(gone, player.store.read().positionMs)
  // The listener may have chosen something else in the meantime.
  if (player.store.read().track?.id !== gone.id) return
  if (!present) return
  if (present === 'gone' || present === 'finished') {
    const isNext = player.playNext()
    // What was never heard here has nothing to say in the player.
    if (!isNext && !hasPlayed) player.close()
    if (present === 'gone' && (isNext || !hasPlayed)) onPassedOver(gone, { isNext })
    return
  }
  // Of another upload the listener has heard nothing.
  const atMs = present.atMs ?? (hasPlayed ? null : 0)
  if (atMs !== null) player.playTrack(present.track, atMs)
}
