import { ownStorage } from '#components/ui/own-storage.ts'

const placeKey = (id: string) => `selah:place:${id}`
const settingsKey = 'selah:player'
const titleKeysKey = 'selah:title-keys'
const seriesKey = 'selah:continue-series'
const speedKey = (speaker: string) => `selah:speed:${speaker}`
const lettersKey = 'selah:letter-keys'
/** The event of the window after places of other devices were taken over. */
export const placesArrived = 'selah:places-arrived'
/** A recording this close to its end counts as finished and starts from the beginning. */
const FINISHED_MS = 15_000
const KEPT_PLACES = 200

export type ListeningSettings = { rate: number; volume: number; isMuted: boolean; skipMs: number }

/** Where listening stopped, in milliseconds; 0 when unknown, close to the end, or not readable. */
export function recallPlace(id: string, durationMs: number, storage = ownStorage()): number {
  const place = Number(readItem(storage, placeKey(id))?.split('@')[0])
  if (!Number.isFinite(place) || place < 0) return 0
  return durationMs > 0 && place > durationMs - FINISHED_MS ? 0 : place
}

/**
 * Keeps where listening stopped, unless this browser knows of a later moment of listening: another tab may have been
 * here since. `listenedAtMs` is when the listener was there.
 */
export function rememberPlace(
  id: string,
  positionMs: number,
  {
    listenedAtMs = Date.now(),
    storage = ownStorage(),
  }: { listenedAtMs?: number; storage?: Storage | null } = {},
): void {
  if (!storage || recallListenedAt(id, storage) > listenedAtMs) return
  writeItem(storage, placeKey(id), `${Math.round(positionMs)}@${listenedAtMs}`)
  forgetOldest(storage)
}

/** When the listener was last in a recording, in milliseconds since 1970; 0 when unknown. */
function recallListenedAt(id: string, storage: Storage): number {
  return Number(readItem(storage, placeKey(id))?.split('@')[1]) || 0
}

/** A place that this browser keeps. */
export type KeptPlace = { id: string; positionMs: number; listenedAtMs: number }

/** The place that an entry of the storage holds, or null for any other entry. */
export function readPlace(key: string, value: string): KeptPlace | null {
  if (!key.startsWith(placeKey(''))) return null
  const [positionMs = Number.NaN, listenedAtMs = Number.NaN] = value.split('@').map(Number)
  return positionMs >= 0 && listenedAtMs > 0
    ? { id: key.slice(placeKey('').length), positionMs, listenedAtMs }
    : null
}

/** Every place that this browser keeps. */
export function listPlaces(storage = ownStorage()): KeptPlace[] {
  if (!storage) return []
  return Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '').flatMap(
    (key) => readPlace(key, storage.getItem(key) ?? '') ?? [],
  )
}

/** Forgets a place, where it is kept under another name. */
export function removePlace(id: string, storage = ownStorage()): void {
  storage?.removeItem(placeKey(id))
}

export function recallSettings(storage = ownStorage()): Partial<ListeningSettings> {
  try {
    const value: unknown = JSON.parse(readItem(storage, settingsKey) ?? '{}')
    if (typeof value !== 'object' || value === null) return {}
    const fields: Partial<Record<keyof ListeningSettings, unknown>> = value
    const { rate, volume, isMuted, skipMs } = fields
    return {
      ...(typeof rate === 'number' && rate >= 0.5 && rate <= 3 ? { rate } : {}),
      ...(typeof volume === 'number' && volume >= 0 && volume <= 1 ? { volume } : {}),
      ...(typeof isMuted === 'boolean' ? { isMuted } : {}),
      ...(skipMs === 15_000 || skipMs === 30_000 ? { skipMs } : {}),
    }
  } catch {
    return {}
  }
}

export function rememberSettings(settings: ListeningSettings, storage = ownStorage()): void {
  if (storage) writeItem(storage, settingsKey, JSON.stringify(settings))
}

/** The speed that the listener chose for a speaker; null if none. */
export function recallSpeed(speaker: string, storage = ownStorage()): number | null {
  const rate = Number(readItem(storage, speedKey(speaker)))
  return rate >= 0.5 && rate <= 3 ? rate : null
}

export function rememberSpeed(speaker: string, rate: number, storage = ownStorage()): void {
  if (storage) writeItem(storage, speedKey(speaker), String(rate))
}

/** Whether the buttons for the next and previous title skip, or go through the queue. */
export function recallTitleKeys(storage = ownStorage()): 'skip' | 'queue' {
  return readItem(storage, titleKeysKey) === 'queue' ? 'queue' : 'skip'
}

export function rememberTitleKeys(use: 'skip' | 'queue', storage = ownStorage()): void {
  if (storage) writeItem(storage, titleKeysKey, use)
}

/** Whether the next sermon of a series follows when nothing is queued; on by default. */
export function recallContinuesSeries(storage = ownStorage()): boolean {
  return readItem(storage, seriesKey) !== 'off'
}

export function rememberContinuesSeries(on: boolean, storage = ownStorage()): void {
  if (storage) writeItem(storage, seriesKey, on ? 'on' : 'off')
}

/** Whether single letters control the player in this browser; on by default. */
export function recallLetterKeys(storage = ownStorage()): boolean {
  return readItem(storage, lettersKey) !== 'off'
}

export function rememberLetterKeys(on: boolean, storage = ownStorage()): void {
  if (storage) writeItem(storage, lettersKey, on ? 'on' : 'off')
}

function readItem(storage: Storage | null, key: string): string | null {
  return storage?.getItem(key) ?? null
}

function writeItem(storage: Storage, key: string, value: string): void {
  try {
    storage.setItem(key, value)
  } catch {
    // Storage is full or not allowed: playback continues, and nothing is stored.
  }
}

function forgetOldest(storage: Storage): void {
  const places: { key: string; at: number }[] = []
  for (let index = 0; index < storage.length; index += 1) {
    const key = storage.key(index)
    if (key?.startsWith('selah:place:'))
      places.push({ key, at: Number(storage.getItem(key)?.split('@')[1]) || 0 })
  }
  if (places.length <= KEPT_PLACES) return
  places.sort((a, b) => a.at - b.at)
  for (const { key } of places.slice(0, places.length - KEPT_PLACES)) storage.removeItem(key)
}
