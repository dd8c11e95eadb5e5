import type { Player } from './player.ts'

const CHANNEL = 'selah:playing'

/**
 * Pauses this tab when another tab of this browser starts to play, so that only one plays. Returns a
 * function that stops it.
 */
export function playInOneTab(player: Player): () => void {
  if (typeof BroadcastChannel === 'undefined') return () => {}
  const channel = new BroadcastChannel(CHANNEL)
  channel.onmessage = () => player.pause()
  let wasPlaying = false
  const unsubscribe = player.store.subscribe(() => {
    const isPlaying = player.store.read().status === 'playing'
    if (isPlaying && !wasPlaying) channel.postMessage('playing')
    wasPlaying = isPlaying
  })
  return () => {
    unsubscribe()
    channel.close()
  }
}
