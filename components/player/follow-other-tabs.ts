import type { Player } from './player.ts'
import { readPlace } from './remember-listening.ts'

/** Follows where the listener is in the other tabs of this browser. Returns a function that stops it. */
export function followOtherTabs(player: Player): () => void {
  const stopped = new AbortController()
  const onStorage = ({ key, newValue }: StorageEvent) => {
    const place = key && newValue ? readPlace(key, newValue) : null
    if (place) player.adoptPlace(place)
  }
  window.addEventListener('storage', onStorage, { signal: stopped.signal })
  return () => stopped.abort()
}
