import { fitFields } from '#lib/sermons/fit-fields.ts'
import type { KnownNames } from '#lib/sermons/guess-metadata.ts'
import { emptyFields, type SermonFields } from '#lib/sermons/sermon-fields.ts'
import { compareFiles, isSameRecording } from './compare-files.ts'
import type { FileIdentity } from './identify-file.ts'
import { createUploadAutosave } from './upload-autosave.ts'
import { isUnfinished, type UploadItem } from './upload-item.ts'
import { createUploadList } from './upload-list.ts'
import type { UploadPorts } from './upload-ports.ts'
import type { UploadProblem } from './upload-problem.ts'
import { createUploadQueue } from './upload-queue.ts'
import { createUploadRecords } from './upload-records.ts'
import type { ChosenFile } from './upload-work.ts'

export interface UploadStore {
  subscribe(listener: () => void): () => void
  getSnapshot(): readonly UploadItem[]
  /** The data for guesses about a recording (names used before, the time zone of the church), and its language. */
  setChurch(church: { known: KnownNames; timeZone: string | null; language: string }): void
  /** Adds files; the file that an unfinished upload waits for continues that upload. */
  addFiles(files: readonly ChosenFile[]): Promise<void>
  /** Uploads another recording of a sermon. Returns why the file cannot be sent, or `null`. */
  replaceRecording(sermon: { id: string; title: string }, chosen: ChosenFile): Promise<UploadProblem | null>
  /** Restores the uploads that a closed tab left unfinished. */
  restore(): Promise<void>
  edit(id: string, patch: Partial<SermonFields>): void
  /** If the details were changed elsewhere: saves those typed here. */
  keepMine(id: string): void
  /** If the details were changed elsewhere: uses those. */
  discard(id: string): void
  pause(id: string): void
  /** Continues an upload; adds a recording that is already here a second time. */
  resume(id: string): void
  /** Resumes an upload that waits for its file; asks what to do with another file. */
  provideFile(id: string, chosen: ChosenFile): Promise<void>
  /** Uploads the other file that was chosen for this upload from its beginning. */
  startOver(id: string): Promise<void>
  /** Asks the browser for the file again; only from a click. */
  allowFile(id: string): Promise<void>
  /** Stops the upload and removes the draft it made. */
  cancel(id: string): Promise<void>
  /** Removes a finished or refused upload from the page; the sermon is kept. */
  dismiss(id: string): void
  /** The network is back: retry immediately. */
  wake(): void
}

/**
 * The uploads of one browser tab. Composes the queue, the records in the browser and the autosave; `ports` provides
 * the network, the browser's storage and the clock.
 */
export function createUploadStore(ports: UploadPorts): UploadStore {
  let known: KnownNames = { speakers: [], series: [] }
  let timeZone: string | null = null
  let churchLanguage = ''
  const list = createUploadList()
  const records = createUploadRecords(list, ports.memory)
  const autosave = createUploadAutosave(list, records, { ...ports, churchLanguage: () => churchLanguage })
  const { pump, queue, halt } = createUploadQueue({ list, records, onCreated: autosave.follow }, ports)

  /** The upload that waits for exactly this file, or for the changed file of this name. */
  function findWaiting(identity: FileIdentity): UploadItem | undefined {
    return list.getSnapshot().find((item) => {
      const work = list.work(item.id)
      if (item.phase !== 'needs-file' || !work) return false
      return compareFiles(work.identity, identity) === null || mayReplace(item, identity)
    })
  }

  /** Whether this is the changed file that the user was asked to choose again. */
  function mayReplace(item: UploadItem, identity: FileIdentity): boolean {
    return item.problem?.kind === 'file-changed' && item.fileName === identity.name
  }

  async function addOne(chosen: ChosenFile) {
    const { file, handle = null } = chosen
    const { name, size: sizeBytes, lastModified } = file
    const identity = await ports.identify(file)
    const waiting = identity ? findWaiting(identity) : undefined
    if (waiting) {
      await store.provideFile(waiting.id, chosen)
      return
    }
    const id = list.add(
      { phase: 'preparing' },
      { file, handle, identity: identity ?? { name, sizeBytes, lastModified, partHashes: null } },
    )
    if (!identity) {
      list.update(id, { phase: 'needs-file', problem: { kind: 'file-changed' } })
      return
    }
    const refusal = await ports.refuse(file)
    if (refusal !== null) {
      list.update(id, { phase: 'refused', problem: refusal })
      return
    }
    const tags = await ports.readTags(file)
    // Loaded when a recording is added: the parser of references is large.
    const { guessMetadata } = await import('#lib/sermons/guess-metadata.ts')
    if (list.find(id)?.phase !== 'preparing') return
    const guess = guessMetadata(file.name, tags, known, { timeZone, nowMs: ports.now() })
    list.update(id, { ...fitFields(guess.fields), offeredDates: guess.offeredDates })
    const same = await findSame(id, identity)
    if (list.find(id)?.phase !== 'preparing') return
    if (same) list.update(id, { phase: 'duplicate', same })
    else queue(id)
  }

  /** Where the recording is already: among the uploads before this one, or on the server. */
  async function findSame(id: string, identity: FileIdentity): Promise<UploadItem['same']> {
    const items = list.getSnapshot()
    const before = items.slice(
      0,
      items.findIndex((item) => item.id === id),
    )
    const same = before.find((item) => {
      const work = list.work(item.id)
      return !item.replaces && item.phase !== 'refused' && work && isSameRecording(work.identity, identity)
    })
    if (same) return { sermonId: same.sermonId, title: same.fields.title || same.fileName }
    // Without an answer the upload begins: two sermons are better than none.
    return ports.api.findSame(identity).catch(() => null)
  }

  /** Sets the file of the upload; with `isKnown` the server already has its first bytes. */
  function takeFile(id: string, chosen: ChosenFile, identity: FileIdentity, isKnown: boolean) {
    const work = list.work(id)
    if (!work) return
    work.file = chosen.file
    work.handle = chosen.handle ?? null
    work.identity = identity
    work.otherFile = null
    if (!isKnown) {
      work.isKnown = false
      work.target = null
      work.uploadUrl = null
      list.update(id, { fileName: identity.name, sizeBytes: identity.sizeBytes, bytesSent: 0 })
    }
    records.keepFile(id)
    queue(id)
  }

  const store: UploadStore = {
    subscribe: list.subscribe,
    getSnapshot: list.getSnapshot,
    setChurch(church) {
      known = church.known
      timeZone = church.timeZone
      churchLanguage = church.language
    },
    async addFiles(files) {
      await Promise.all(files.map(addOne))
    },
    async replaceRecording(sermon, { file, handle = null }) {
      const refusal = await ports.refuse(file)
      if (refusal !== null) return refusal
      const identity = await ports.identify(file)
      if (!identity) return { kind: 'file-changed' }
      if (list.getSnapshot().some((item) => item.sermonId === sermon.id && item.phase !== 'done')) {
        return { kind: 'refused', message: 'alreadyUploading' }
      }
      const fields = { ...emptyFields, title: sermon.title }
      list.add({ sermonId: sermon.id, replaces: true, phase: 'queued', fields }, { file, handle, identity })
      pump()
      return null
    },
    async restore() {
      for (const { id, fields } of await records.restore()) {
        autosave.follow(id, { fields, version: '' })
        void autosave.refresh(id)
      }
      pump()
    },
    edit: autosave.edit,
    keepMine: (id) => list.work(id)?.autosave?.keepMine(),
    discard: (id) => list.work(id)?.autosave?.discard(),
    pause(id) {
      const item = list.find(id)
      if (!item || !isUnfinished(item) || item.phase === 'finishing') return
      halt(id)
      list.update(id, { phase: 'paused', bytesPerSecond: null })
      pump()
    },
    resume(id) {
      const work = list.work(id)
      if (!work) return
      halt(id)
      work.retries = 0
      work.renewed = false
      work.startedOver = false
      queue(id)
    },
    async provideFile(id, chosen) {
      const identity = await ports.identify(chosen.file)
      const item = list.find(id)
      const work = list.work(id)
      if (!item || !work) return
      if (!identity) {
        list.update(id, { phase: 'needs-file', problem: { kind: 'file-changed' } })
        return
      }
      const difference = compareFiles(work.identity, identity)
      if (difference === null) {
        takeFile(id, chosen, identity, work.isKnown)
        return
      }
      work.otherFile = { chosen, identity }
      // Nothing was sent, or the user knows that the file was changed, so no question is needed.
      if (!work.isKnown || mayReplace(item, identity)) await store.startOver(id)
      else {
        const problem = { kind: 'other-file' as const, difference, fileName: identity.name }
        list.update(id, { phase: 'needs-file', problem })
      }
    },
    async startOver(id) {
      const other = list.work(id)?.otherFile
      if (!other) return
      const refusal = await ports.refuse(other.chosen.file)
      if (refusal === null) takeFile(id, other.chosen, other.identity, false)
      else list.update(id, { phase: 'needs-file', problem: refusal })
    },
    async allowFile(id) {
      const file = await list.work(id)?.askFile?.()
      if (file) await store.provideFile(id, { file })
      else list.update(id, { phase: 'needs-file' })
    },
    async cancel(id) {
      const item = list.find(id)
      if (!item) return
      halt(id)
      autosave.unfollow(id)
      records.forget(id)
      list.remove(id)
      pump()
      if (item.sermonId && !item.replaces) await ports.api.removeSermon(item.sermonId).catch(() => undefined)
    },
    dismiss(id) {
      const item = list.find(id)
      if (!item || (item.phase !== 'done' && item.phase !== 'refused')) return
      autosave.unfollow(id)
      list.remove(id)
    },
    wake() {
      for (const item of list.getSnapshot()) {
        if (item.phase !== 'reconnecting') continue
        halt(item.id)
        queue(item.id)
      }
    },
  }
  return store
}
