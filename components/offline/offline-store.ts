import { player } from '#components/player/player.ts'
import { listPlaces } from '#components/player/remember-listening.ts'
import { ownStorage } from '#components/ui/own-storage.ts'
import { recallLimitBytes, rememberOffline } from './remember-offline.ts'
import {
  listSavedSermons,
  putAudio,
  putRecord,
  removeSavedSermon,
  type SavedSermon,
  type SermonToSave,
  toSavedParts,
} from './saved-sermons.ts'

export type SaveFailure = 'saveNoRoom' | 'saveNoNetwork'
export type OfflineState = {
  /** Null until they were read. */
  saved: readonly SavedSermon[] | null
  /** How much of each sermon that is being saved has arrived: 0 to 1. */
  saving: ReadonlyMap<string, number>
}

export const initialOfflineState: OfflineState = { saved: null, saving: new Map() }

/** The sermons on this device. Reads and tells like a store, for `useSyncExternalStore`. */
class OfflineStore {
  #state = initialOfflineState
  readonly #listeners = new Set<() => void>()
  readonly #aborts = new Map<string, AbortController>()

  readonly read = (): OfflineState => this.#state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    if (this.#state.saved === null) void this.refresh()
    return () => this.#listeners.delete(listener)
  }

  async refresh(): Promise<readonly SavedSermon[]> {
    const saved = await listSavedSermons((trackId) => this.#aborts.has(trackId))
    this.#set({ saved })
    return saved
  }

  /**
   * Saves a sermon with its audio, transcript and chapters, and makes the app open without a network. Resolves with the failure
   * to show, or null; also when the listener stopped it.
   */
  async save(sermon: SermonToSave): Promise<SaveFailure | null> {
    const { track } = sermon
    if (this.#aborts.has(track.id)) return null
    const aborting = new AbortController()
    this.#aborts.set(track.id, aborting)
    this.#setProgress(track.id, 0)
    rememberOffline(ownStorage())
    try {
      // Most listeners save nothing: they load no code for it.
      const [{ registerWorker }, { fetchAudio }] = await Promise.all([
        import('./register-worker.ts'),
        import('./fetch-audio.ts'),
      ])
      const worker = registerWorker()
      // It is awaited below; the audio may fail before.
      worker.catch(() => undefined)
      const { sizeBytes, body } = await fetchAudio(track, aborting.signal, (part) =>
        this.#setProgress(track.id, part),
      )
      if (!(await this.#makeRoom(sizeBytes))) {
        aborting.abort()
        await worker
        return 'saveNoRoom'
      }
      await Promise.all([putAudio(track.id, body), worker])
      // The browser may ask the listener, and may refuse: the sermon is saved in any case.
      await navigator.storage?.persist?.()
      await putRecord({ ...toSavedParts(sermon), sizeBytes, savedAtMs: Date.now() })
      return null
    } catch (error) {
      await removeSavedSermon(track.id)
      if (aborting.signal.aborted) return null
      return error instanceof DOMException && error.name === 'QuotaExceededError'
        ? 'saveNoRoom'
        : 'saveNoNetwork'
    } finally {
      this.#aborts.delete(track.id)
      this.#setProgress(track.id, null)
      await this.refresh()
    }
  }

  stop(trackId: string): void {
    this.#aborts.get(trackId)?.abort()
  }

  async remove(trackId: string): Promise<void> {
    this.stop(trackId)
    await removeSavedSermon(trackId)
    await this.refresh()
  }

  async removeAll(): Promise<void> {
    for (const { track } of await this.refresh()) await removeSavedSermon(track.id)
    await this.refresh()
  }

  /** Removes sermons until they take no more room than the listener allows. */
  async keepLimit(): Promise<void> {
    await this.#makeRoom(0)
    await this.refresh()
  }

  /** Stores the newest words and chapters of a saved sermon. */
  async update(sermon: SermonToSave): Promise<void> {
    const record = (await this.refresh()).find(({ track }) => track.id === sermon.track.id)
    if (!record) return
    const current = { ...record, ...toSavedParts(sermon) }
    if (JSON.stringify(record) === JSON.stringify(current)) return
    await putRecord(current)
    await this.refresh()
  }

  /** Removes sermons until the limit is kept and `neededBytes` more fit. */
  async #makeRoom(neededBytes: number): Promise<boolean> {
    const [saved, { chooseEvictions }] = await Promise.all([this.refresh(), import('./choose-evictions.ts')])
    const places = new Map(listPlaces().map((place) => [place.id, place]))
    const evictions = chooseEvictions(
      saved.map(({ track: { id }, sizeBytes, savedAtMs }) => {
        const place = places.get(id)
        return {
          id,
          sizeBytes,
          savedAtMs,
          listenedAtMs: place?.listenedAtMs ?? 0,
          // A finished recording begins from its start.
          isFinished: place?.positionMs === 0,
        }
      }),
      {
        neededBytes,
        limitBytes: recallLimitBytes(ownStorage()),
        playingId: player.store.read().track?.id ?? null,
      },
    )
    for (const id of evictions ?? []) await removeSavedSermon(id)
    return evictions !== null
  }

  #setProgress(trackId: string, part: number | null): void {
    const saving = new Map(this.#state.saving)
    if (part === null) saving.delete(trackId)
    else saving.set(trackId, part)
    this.#set({ saving })
  }

  #set(change: Partial<OfflineState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }
}

/** The one store of this browser tab. */
export const offlineStore = new OfflineStore()
