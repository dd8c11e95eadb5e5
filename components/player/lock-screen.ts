import { drawArtworkImage } from '#components/artwork/draw-artwork-image.ts'
import type { Player } from './player.ts'
import { recallTitleKeys } from './remember-listening.ts'

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
  let shownSecond = -1
  const show = () => {
    const { track, status, durationMs, positionMs, rate } = player.store.read()
    if (!track) {
      shownId = null
      session.metadata = null
      session.playbackState = 'none'
      return
    }
    if (shownId !== track.id) {
      shownId = track.id
      const artwork = drawArtworkImage({
        title: track.title,
        reference: track.reference,
        family: track.album ?? track.title,
        sizePx: 512,
      })
      session.metadata = new MediaMetadata({
        title: track.title,
        artist: track.artist ?? '',
        album: track.album ?? '',
        artwork: artwork ? [{ src: artwork, sizes: '512x512', type: 'image/png' }] : [],
      })
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
