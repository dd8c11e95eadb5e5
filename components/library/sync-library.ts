import * as v from 'valibot'
import { claimDevice, isOwner } from '#components/player/device-owner.ts'
import { ownStorage } from '#components/ui/own-storage.ts'
import { itemKey, mergeItems } from '#lib/listening/library-items.ts'
import { libraryKey, libraryStore, type OwnLibrary } from './own-library.ts'
import { libraryIsFull } from './sync-status.ts'
import { findChanges, type SyncedItem, showItems, syncedItemSchema } from './synced-items.ts'

const path = '/api/v1/me/library'
const key = 'selah:library-sync'
/** Changes that follow one another are sent together. */
const SEND_AFTER_MS = 500
const MAX_SENT = 200
/** The time of what was kept before there was an account: what the account knows of the same thing is later. */
const BEFORE_ACCOUNT_MS = 1

const stateSchema = v.object({
  /** The version of `known`. */
  etag: v.nullable(v.string()),
  /** What to add to this clock for that of the server; null before its first answer. */
  offsetMs: v.nullable(v.number()),
  /** What the server had. */
  known: v.array(syncedItemSchema),
  /** What the listener has changed since. */
  unsent: v.array(syncedItemSchema),
})
type State = v.InferOutput<typeof stateSchema>

const startState: State = { etag: null, offsetMs: null, known: [], unsent: [] }
const answerSchema = v.object({ items: v.array(syncedItemSchema), nowMs: v.number() })

/** Other tabs change it too: it is read whenever it is needed. */
function readState(): State {
  try {
    // A library that is not there was lost, not emptied.
    if (ownStorage()?.getItem(libraryKey) === null) return startState
    return v.parse(stateSchema, JSON.parse(ownStorage()?.getItem(key) ?? ''))
  } catch {
    return startState
  }
}

function writeState(state: State): void {
  try {
    ownStorage()?.setItem(key, JSON.stringify(state))
  } catch {
    // Storage is full or not allowed: nothing is kept.
  }
}

/** Notes what the listener has changed, with the time of the server as far as it is known. */
function noteChanges(): State {
  const state = readState()
  const nowMs = Date.now() + (state.offsetMs ?? 0)
  const changes = findChanges(mergeItems(state.known, state.unsent), libraryStore.read(), {
    changedAtMs: state.offsetMs === null ? BEFORE_ACCOUNT_MS : Math.round(nowMs),
    nowMs: Math.round(nowMs),
  })
  if (changes.length === 0) return state
  const noted = { ...state, unsent: mergeItems(state.unsent, changes) }
  writeState(noted)
  return noted
}

function fetchLibrary({ etag, unsent }: { etag: string | null; unsent: readonly SyncedItem[] }) {
  return unsent.length === 0
    ? fetch(path, etag === null ? {} : { headers: { 'if-none-match': etag } })
    : fetch(path, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ items: unsent }),
      })
}

let isKeeping = false

/** Replaces the library. Returns false where there is no room for it: what is missing must not count as removed. */
function keepLibrary(library: OwnLibrary): boolean {
  const isKept = () => JSON.stringify(libraryStore.read()) === JSON.stringify(library)
  isKeeping = true
  if (!isKept() || ownStorage()?.getItem(libraryKey) === null) libraryStore.change(() => library)
  isKeeping = false
  return isKept()
}

/** Sends changes, or asks for those of other devices. Returns whether there is more to send. */
async function exchange(listenerId: string): Promise<boolean> {
  // Another tab may have signed out and forgotten everything.
  if (!isOwner(listenerId)) return false
  const { etag, offsetMs, unsent } = noteChanges()
  // The first answer shows how the clocks differ.
  let sent = offsetMs === null ? [] : unsent.slice(0, MAX_SENT)
  const askedAtMs = Date.now()
  let response = await fetchLibrary({ etag, unsent: sent })
  const isFull = response.status === 409
  libraryIsFull.noteFull(isFull)
  if (isFull) {
    // What does not fit waits here; what changed elsewhere still arrives.
    sent = []
    response = await fetchLibrary({ etag: null, unsent: [] })
  }
  if (!response.ok) return false
  const { items, nowMs } = v.parse(answerSchema, await response.json())
  if (!isOwner(listenerId)) return false
  // Between here and the end nothing waits: no change can come between.
  const latest = noteChanges()
  const answered = new Map(sent.map((item) => [itemKey(item), item.changedAtMs]))
  const waiting = latest.unsent.filter((item) => answered.get(itemKey(item)) !== item.changedAtMs)
  const merged = mergeItems(items, waiting)
  const stillUnsent = merged.filter((item) => waiting.includes(item))
  if (!keepLibrary(showItems(merged))) return false
  writeState({
    etag: response.headers.get('etag'),
    offsetMs: nowMs - (askedAtMs + Date.now()) / 2,
    known: items,
    unsent: stillUnsent,
  })
  return !isFull && stillUnsent.length > 0
}

/**
 * Keeps the library of a signed-in listener the same on every device: sends what changes here, and reads what changed
 * elsewhere at the start and whenever the page is shown again. Without a network, changes wait in this browser. Returns a
 * function that stops it.
 */
export function syncLibrary(listenerId: string): () => void {
  claimDevice(listenerId)
  const stopped = new AbortController()
  const { signal } = stopped
  let timer: ReturnType<typeof setTimeout> | undefined
  let isRunning = false
  let isWanted = false

  const run = async () => {
    clearTimeout(timer)
    isWanted = true
    if (isRunning) return
    isRunning = true
    while (isWanted && !signal.aborted) {
      isWanted = false
      // Without a network it is tried again when there is one, or when the page is shown again.
      const hasMore = await exchange(listenerId).catch(() => false)
      isWanted ||= hasMore
    }
    isRunning = false
  }
  const unsubscribe = libraryStore.subscribe(() => {
    if (isKeeping || !isOwner(listenerId) || noteChanges().unsent.length === 0) return
    clearTimeout(timer)
    timer = setTimeout(run, SEND_AFTER_MS)
  })
  // What changed is sent while the page is left, too.
  document.addEventListener('visibilitychange', () => void run(), { signal })
  window.addEventListener('online', () => void run(), { signal })
  void run()
  return () => {
    stopped.abort()
    clearTimeout(timer)
    unsubscribe()
  }
}
