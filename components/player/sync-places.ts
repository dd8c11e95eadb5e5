import * as v from 'valibot'
import { claimDevice } from './device-owner.ts'
import type { PlaceReport, Player } from './player.ts'
import { listPlaces, placesArrived, rememberPlace } from './remember-listening.ts'
import { nameTrack, readTrackName } from './track-name.ts'

/** How often the place is sent to the server while a recording plays. */
const TELL_EVERY_MS = 15_000
/** Places that only this browser knows of, sent after signing in. */
const MAX_SENT = 20

const answerSchema = v.object({
  positions: v.array(
    v.object({ sermonId: v.string(), recording: v.number(), positionMs: v.number(), listenedAt: v.string() }),
  ),
})

/**
 * Keeps the places of a signed-in listener the same on every device: reads them at the start and whenever the page is
 * shown again, and sends the server where the player is. A place that cannot be sent stays in this browser. Returns a
 * function that stops it.
 */
export function syncPlaces(player: Player, listenerId: string): () => void {
  claimDevice(listenerId)
  const stopped = new AbortController()
  let toldId = ''
  let toldAtMs = 0
  const tell = (place: PlaceReport) => {
    if (place.isPlaying && place.id === toldId && Date.now() - toldAtMs < TELL_EVERY_MS) return
    toldId = place.id
    toldAtMs = Date.now()
    void send(place)
  }
  const stopReports = player.onPlace(tell)
  const onShown = () => {
    if (document.visibilityState === 'visible') void fetchPlaces(player, stopped.signal)
  }
  document.addEventListener('visibilitychange', onShown, { signal: stopped.signal })
  void fetchPlaces(player, stopped.signal).then(sendUnknown)
  return () => {
    stopped.abort()
    stopReports()
  }
}

async function send({
  id,
  positionMs,
  listenedAtMs,
  isFinished,
}: Pick<PlaceReport, 'id' | 'positionMs' | 'listenedAtMs'> & { isFinished?: boolean }): Promise<void> {
  const { sermonId, recording } = readTrackName(id)
  try {
    await fetch(`/api/v1/me/positions/${sermonId}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        positionMs: Math.round(positionMs),
        listenedAt: new Date(listenedAtMs).toISOString(),
        finished: isFinished ?? false,
        recording,
      }),
      // The last place is sent while the page closes.
      keepalive: true,
    })
  } catch {
    // Without a network the place stays in this browser, and is sent with the next one.
  }
}

/** Takes over the places of other devices that are later. Returns the ids of the tracks that the server knows. */
async function fetchPlaces(player: Player, signal: AbortSignal): Promise<Map<string, number> | null> {
  try {
    const response = await fetch('/api/v1/me/positions', { signal })
    if (!response.ok) return null
    const { positions } = v.parse(answerSchema, await response.json())
    const known = new Map(
      positions.map(({ sermonId, recording, positionMs, listenedAt }) => {
        const [id, listenedAtMs] = [nameTrack(sermonId, recording), Date.parse(listenedAt)]
        rememberPlace(id, positionMs, { listenedAtMs })
        player.adoptPlace({ id, positionMs, listenedAtMs })
        return [id, listenedAtMs] as const
      }),
    )
    window.dispatchEvent(new Event(placesArrived))
    return known
  } catch {
    // Without a network the places of this browser apply.
    return null
  }
}

async function sendUnknown(known: Map<string, number> | null): Promise<void> {
  if (!known) return
  const unknown = listPlaces()
    .filter(({ id, listenedAtMs }) => (known.get(id) ?? 0) < listenedAtMs)
    .sort((first, second) => second.listenedAtMs - first.listenedAtMs)
  for (const place of unknown.slice(0, MAX_SENT)) await send(place)
}
