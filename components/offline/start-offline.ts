import type { Track } from '#components/player/track.ts'
import { checkSaved } from './check-saved.ts'
import { offerUpdates, registerWorker } from './register-worker.ts'

/**
 * Makes the app open without a network, offers its updates, and removes saved sermons that are no longer published as
 * soon as there is a network. Returns a function that stops it.
 */
export function startOffline(handlers: {
  onUpdate: (accept: () => void) => void
  onRemoved: (track: Track) => void
}): () => void {
  const stopped = new AbortController()
  const check = () => void checkSaved(handlers.onRemoved)
  window.addEventListener('online', check, { signal: stopped.signal })
  check()
  registerWorker().then(
    (registration) => {
      if (stopped.signal.aborted) return
      const stopOffers = offerUpdates(registration, handlers.onUpdate)
      stopped.signal.addEventListener('abort', stopOffers)
    },
    () => {
      // The server cannot be reached, or the browser refuses workers: the next visit registers it again.
    },
  )
  return () => stopped.abort()
}
