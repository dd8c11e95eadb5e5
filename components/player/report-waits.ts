import { callApi } from '#components/api/call-api.ts'
import { measureWaits } from './measure-waits.ts'
import type { Player } from './player.ts'

/** More of one page say nothing new. */
const MAX_REPORTS = 30

/**
 * Reports how long the listener waits for sound, without saying who it is. `chosenAtMs` is when the sermon that is
 * loading now was chosen, on the clock of the page. Returns a function that stops it.
 */
export function reportWaits(player: Player, { chosenAtMs }: { chosenAtMs: number }): () => void {
  let reports = 0
  const see = measureWaits((wait) => {
    reports += 1
    // A report that does not arrive is not missed.
    if (reports <= MAX_REPORTS)
      callApi('POST', '/api/v1/playback-reports', wait, { keepalive: true }).catch(() => undefined)
  })
  see(player.store.read(), chosenAtMs, navigator.onLine)
  return player.store.subscribe(() => see(player.store.read(), performance.now(), navigator.onLine))
}
