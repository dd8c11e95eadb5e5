import type { Player } from './player.ts'
import { recallTitleKeys } from './remember-listening.ts'
import type { Track } from './track.ts'

const ARTWORK_PX = 512

/** Shows the current recording on lock screens and headsets, and handles their buttons. Returns a function that stops this. */
export function connectLockScreen(player: Player): () => void {
  if (!('mediaSession' in navigator)) return () => {}
  const session = navigator.mediaSession
  const actions: [MediaSessionAction, MediaSessionActionHandler][] = [
    ['play', () => player.play()],
    ['pause', () => player.pause()],
    ['stop', () => player.close()],
    ['seekbackward', ({ seekOffset }) => (seekOffset ? player.skip(-seekOffset * 1000) : player.skipBack())],
    ['seekforward', ({ seekOffset }) => (seekOffset ? player.skip(seekOffset * 1000) : player.skipForward())],
    ['previoustrack', () => (recallTitleKeys() === 'queue' ? player.seek(0) : player.skipBack())],
    [
      'nexttrack',
      () => {
        if (recallTitleKeys() === 'skip' || !player.playNext()) player.skipForward()
      },
    ],
    ['seekto', ({ seekTime }) => seekTime !== undefined && player.seek(seekTime * 1000)],
  ]
  for (const [action, handler] of actions) {
    try {
      session.setActionHandler(action, handler)
    } catch {
      // Not every browser supports every action.
    }
  }

  let shownId: string | null = null
  let drawnId: string | null = null
  let shownSecond = -1
  const draw = async (track: Track) => {
    const artwork = await drawArtwork(track)
    if (artwork && shownId === track.id) session.metadata = toMetadata(track, artwork)
  }
  const show = () => {
    const { track, status, durationMs, positionMs, rate } = player.store.read()
    if (!track) {
      shownId = null
      drawnId = null
      session.metadata = null
      session.playbackState = 'none'
      return
    }
    if (shownId !== track.id) {
      shownId = track.id
      drawnId = null
      session.metadata = toMetadata(track, null)
    }
    // Not before there is sound: to draw takes long enough to delay what follows the press of play.
    if (status === 'playing' && drawnId !== track.id) {
      drawnId = track.id
      whenIdle(() => void draw(track))
    }
    session.playbackState = status === 'playing' ? 'playing' : 'paused'
    const second = Math.floor(positionMs / 1000)
    if (second !== shownSecond && durationMs > 0) {
      shownSecond = second
      session.setPositionState({
        duration: durationMs / 1000,
        playbackRate: rate,
        position: Math.min(positionMs, durationMs) / 1000,
      })
    }
  }
  show()
  const unsubscribe = player.store.subscribe(show)
  return () => {
    unsubscribe()
    for (const [action] of actions) {
      try {
        session.setActionHandler(action, null)
      } catch {
        // As above.
      }
    }
  }
}

function toMetadata({ title, artist, album }: Track, artwork: string | null): MediaMetadata {
  const size = `${ARTWORK_PX}x${ARTWORK_PX}`
  return new MediaMetadata({
    title,
    artist: artist ?? '',
    album: album ?? '',
    artwork: artwork ? [{ src: artwork, sizes: size, type: 'image/png' }] : [],
  })
}

/** Null where the browser cannot draw, and without a network when the code for it is not loaded yet. */
async function drawArtwork({ title, reference, album }: Track): Promise<string | null> {
  const file = await import('#components/artwork/draw-artwork-image.ts').catch(() => null)
  const subject = { title, reference, family: album ?? title }
  return file === null ? null : file.drawArtworkImage({ ...subject, sizePx: ARTWORK_PX })
}

/** Safari has no `requestIdleCallback`. */
function whenIdle(act: () => void): void {
  if ('requestIdleCallback' in window) window.requestIdleCallback(act, { timeout: 2000 })
  else setTimeout(act, 500)
}
