import { decideAfterCall, decideAfterTransfer, type NextStep, retryDelaysMs } from './decide-next.ts'
import { guessMetadata, type KnownNames } from './guess-metadata.ts'
import { createSpeedMeter, type SpeedMeter } from './measure-speed.ts'
import { emptyFields, type SermonFields } from './sermon-fields.ts'
import { activePhases, isUnfinished, type UploadItem } from './upload-item.ts'
import { asUploadFailure, type UploadPorts, type UploadRecord, type UploadTarget } from './upload-ports.ts'

const maxParallel = 2
const saveAfterMs = 700
const rememberEveryMs = 2000
const ourFault = 'Something failed on our side. Try again; nothing is lost.'

/** What the page never sees of an upload. */
type Work = {
  file: File | null
  handle: FileSystemFileHandle | null
  lastModified: number
  target: UploadTarget | null
  uploadUrl: string | null
  transferred: boolean
  /** The server knows of it. */
  isKnown: boolean
  transfer: { stop(): void } | null
  retryTimer: ReturnType<typeof setTimeout> | null
  saveTimer: ReturnType<typeof setTimeout> | null
  retries: number
  renewed: boolean
  startedOver: boolean
  rememberedAt: number
  meter: SpeedMeter
  askFile: (() => Promise<File | null>) | null
  release: (() => void) | null
}

export type ChosenFile = { file: File; handle?: FileSystemFileHandle | null }

export interface UploadStore {
  subscribe(listener: () => void): () => void
  getSnapshot(): readonly UploadItem[]
  setKnownNames(known: KnownNames): void
  /** Takes files at once; one that an unfinished upload waits for continues that upload. */
  addFiles(files: readonly ChosenFile[]): Promise<void>
  /** Uploads another recording of a sermon. Answers a sentence when the file is plainly not one. */
  replaceRecording(sermon: { id: string; title: string }, chosen: ChosenFile): Promise<string | null>
  /** Brings back what a closed tab left unfinished. */
  restore(): Promise<void>
  edit(id: string, patch: Partial<SermonFields>): void
  pause(id: string): void
  resume(id: string): void
  /** Gives an upload that waits for its file the file again. Answers a sentence when it is another file. */
  provideFile(id: string, chosen: ChosenFile): string | null
  /** Asks the browser for the file again; only from a click. */
  allowFile(id: string): Promise<void>
  /** Stops the upload and removes the draft it made. */
  cancel(id: string): Promise<void>
  /** Takes a finished or refused upload off the page; the sermon stays. */
  dismiss(id: string): void
  /** The network came back: do not wait for the next try. */
  wake(): void
}

/**
 * The uploads of one browser tab: a queue of which two are sent at a time. It owns every decision; the
 * network, the browser's storage and the clock come in through `ports`.
 */
export function createUploadStore(ports: UploadPorts): UploadStore {
  let items: readonly UploadItem[] = []
  let known: KnownNames = { speakers: [], series: [] }
  const works = new Map<string, Work>()
  const listeners = new Set<() => void>()

  const find = (id: string) => items.find((item) => item.id === id)

  function publish(next: readonly UploadItem[]) {
    items = next
    for (const listener of listeners) listener()
  }

  function update(id: string, patch: Partial<UploadItem>) {
    publish(items.map((item) => (item.id === id ? { ...item, ...patch } : item)))
  }

  function add(item: UploadItem, work: Partial<Work>) {
    works.set(item.id, {
      file: null,
      handle: null,
      lastModified: 0,
      target: null,
      uploadUrl: null,
      transferred: false,
      isKnown: false,
      transfer: null,
      retryTimer: null,
      saveTimer: null,
      retries: 0,
      renewed: false,
      startedOver: false,
      rememberedAt: 0,
      meter: createSpeedMeter(),
      askFile: null,
      release: null,
      ...work,
    })
    publish([...items, item])
  }

  function remember(id: string) {
    const item = find(id)
    const work = works.get(id)
    if (!item?.sermonId || !work || item.phase === 'done') return
    const record: UploadRecord = {
      sermonId: item.sermonId,
      replaces: item.replaces,
      fileName: item.fileName,
      sizeBytes: item.sizeBytes,
      lastModified: work.lastModified,
      fields: item.fields,
      uploadUrl: work.uploadUrl,
      bytesSent: item.bytesSent,
      transferred: work.transferred,
    }
    // A browser that keeps nothing (private mode, full disk) costs the resume after a reload, no more.
    ports.memory.put(record).catch(() => undefined)
  }

  function forget(id: string) {
    const item = find(id)
    works.get(id)?.release?.()
    if (item?.sermonId) ports.memory.remove(item.sermonId).catch(() => undefined)
  }

  function halt(work: Work) {
    work.transfer?.stop()
    work.transfer = null
    if (work.retryTimer) clearTimeout(work.retryTimer)
    work.retryTimer = null
  }

  function pump() {
    let busy = items.filter((item) => activePhases.includes(item.phase)).length
    for (const item of items) {
      if (busy >= maxParallel) return
      if (item.phase !== 'queued') continue
      busy += 1
      void run(item.id)
    }
  }

  function retryLater(id: string, work: Work) {
    const delay = retryDelaysMs[Math.min(work.retries, retryDelaysMs.length - 1)] ?? 30_000
    work.retries += 1
    work.meter.reset()
    update(id, { phase: 'reconnecting', bytesPerSecond: null })
    work.retryTimer = setTimeout(() => {
      work.retryTimer = null
      queue(id)
    }, delay)
  }

  function queue(id: string) {
    update(id, { phase: 'queued', message: null })
    pump()
  }

  function take(id: string, work: Work, next: NextStep) {
    work.transfer = null
    switch (next.do) {
      case 'retry':
        retryLater(id, work)
        break
      case 'renew':
        work.renewed = true
        work.target = null
        queue(id)
        break
      case 'start-over':
        work.startedOver = true
        work.uploadUrl = null
        work.target = null
        update(id, { bytesSent: 0 })
        queue(id)
        break
      case 'complete':
        work.transferred = true
        queue(id)
        break
      case 'sign-in':
        update(id, { phase: 'signed-out', bytesPerSecond: null })
        break
      case 'fail':
        update(id, { phase: 'failed', message: next.message, bytesPerSecond: null })
        break
    }
    pump()
  }

  async function run(id: string) {
    const work = works.get(id)
    const item = find(id)
    if (!work || !item) return
    update(id, { phase: work.transferred ? 'finishing' : 'starting', message: null })
    try {
      if (work.file && !work.isKnown) await introduce(id, item, work, work.file)
      const sermonId = find(id)?.sermonId
      if (!sermonId) return
      if (work.transferred) {
        await ports.api.completeUpload(sermonId)
        finish(id)
        return
      }
      work.target ??= await ports.api.renewTarget(sermonId)
    } catch (error) {
      // Paused or cancelled meanwhile: the failure belongs to nobody.
      const phase = find(id)?.phase
      if (phase !== 'starting' && phase !== 'finishing') return
      const failure = asUploadFailure(error)
      if (!failure) ports.report(error)
      take(id, work, failure ? decideAfterCall(failure) : { do: 'fail', message: ourFault })
      return
    }
    if (find(id)?.phase === 'starting') send(id, work)
  }

  /** Tells the server what is coming: a new sermon, or another recording of one. */
  async function introduce(id: string, item: UploadItem, work: Work, file: File) {
    const sent = item.fields
    const description = {
      fileName: item.fileName,
      sizeBytes: item.sizeBytes,
      contentType: file.type || 'application/octet-stream',
    }
    if (item.replaces && item.sermonId) {
      work.target = await ports.api.replaceRecording(item.sermonId, description)
      await settleIn(id, item.sermonId, work, file)
      return
    }
    const created = await ports.api.createSermon(description, sent)
    work.target = created.target
    if (!find(id)) {
      // Cancelled while the server was making it: it must not stay behind as an empty draft.
      await ports.api.removeSermon(created.sermonId).catch(() => undefined)
      return
    }
    update(id, { sermonId: created.sermonId })
    await settleIn(id, created.sermonId, work, file)
    if (find(id)?.fields === sent) update(id, { saved: 'yes' })
    else scheduleSave(id)
  }

  async function settleIn(id: string, sermonId: string, work: Work, file: File) {
    work.isKnown = true
    work.release = await ports.memory.claim(sermonId).catch(() => null)
    remember(id)
    ports.memory.keepFile(sermonId, file, work.handle).catch(() => undefined)
  }

  function send(id: string, work: Work) {
    const { file, target } = work
    if (!file || !target) return
    work.meter.reset()
    update(id, { phase: 'uploading' })
    work.transfer = ports.transport.send({
      file,
      target,
      uploadUrl: work.uploadUrl,
      onUrl(url) {
        work.uploadUrl = url
        remember(id)
      },
      onProgress(bytesSent) {
        const before = find(id)?.bytesSent ?? 0
        if (bytesSent > before) {
          work.retries = 0
          work.renewed = false
          work.startedOver = false
        }
        work.meter.add(ports.now(), bytesSent)
        update(id, { bytesSent, bytesPerSecond: work.meter.bytesPerSecond() })
        if (ports.now() - work.rememberedAt >= rememberEveryMs) {
          work.rememberedAt = ports.now()
          remember(id)
        }
      },
      onDone() {
        work.transfer = null
        work.transferred = true
        update(id, { bytesSent: find(id)?.sizeBytes ?? 0, bytesPerSecond: null })
        remember(id)
        void run(id)
      },
      onFailed(failure, stage) {
        const { renewed, startedOver } = work
        take(id, work, decideAfterTransfer(failure, { stage, renewed, startedOver }))
      },
    })
  }

  function finish(id: string) {
    forget(id)
    update(id, { phase: 'done', message: null })
    const work = works.get(id)
    if (work) work.file = null
    pump()
  }

  function scheduleSave(id: string) {
    const work = works.get(id)
    if (!work) return
    if (work.saveTimer) clearTimeout(work.saveTimer)
    update(id, { saved: 'no' })
    work.saveTimer = setTimeout(() => {
      work.saveTimer = null
      void save(id)
    }, saveAfterMs)
  }

  async function save(id: string) {
    const item = find(id)
    if (!item?.sermonId || item.fields.title.trim() === '') return
    update(id, { saved: 'saving' })
    try {
      await ports.api.saveFields(item.sermonId, item.fields)
      if (find(id)?.saved === 'saving') update(id, { saved: 'yes' })
    } catch (error) {
      if (!asUploadFailure(error)) ports.report(error)
      if (find(id)?.saved === 'saving') update(id, { saved: 'failed' })
    }
  }

  async function addOne({ file, handle = null }: ChosenFile) {
    const waiting = items.find(
      (item) => item.phase === 'needs-file' && item.fileName === file.name && item.sizeBytes === file.size,
    )
    if (waiting) {
      store.provideFile(waiting.id, { file, handle })
      return
    }
    const id = crypto.randomUUID()
    add(
      {
        id,
        sermonId: null,
        replaces: false,
        fileName: file.name,
        sizeBytes: file.size,
        phase: 'preparing',
        message: null,
        fields: emptyFields,
        saved: 'no',
        bytesSent: 0,
        bytesPerSecond: null,
      },
      { file, handle, lastModified: file.lastModified },
    )
    const refusal = await ports.refuse(file)
    if (refusal !== null) {
      update(id, { phase: 'refused', message: refusal })
      return
    }
    const tags = await ports.readTags(file)
    if (find(id)?.phase !== 'preparing') return
    update(id, { fields: guessMetadata(file.name, tags, known) })
    queue(id)
  }

  async function bringBack(record: UploadRecord) {
    if (items.some((item) => item.sermonId === record.sermonId)) return
    const release = await ports.memory.claim(record.sermonId)
    if (!release) return
    const found = record.transferred ? null : await ports.memory.findFile(record.sermonId)
    const base = {
      id: crypto.randomUUID(),
      sermonId: record.sermonId,
      replaces: record.replaces,
      fileName: record.fileName,
      sizeBytes: record.sizeBytes,
      fields: record.fields,
      message: null,
      saved: 'yes' as const,
      bytesSent: record.bytesSent,
      bytesPerSecond: null,
    }
    const work = {
      lastModified: record.lastModified,
      uploadUrl: record.uploadUrl,
      transferred: record.transferred,
      isKnown: true,
      release,
    }
    if (!found) add({ ...base, phase: 'queued' }, work)
    else if (found.kind === 'file') add({ ...base, phase: 'queued' }, { ...work, file: found.file })
    else if (found.kind === 'permission') {
      add({ ...base, phase: 'needs-permission' }, { ...work, askFile: found.request })
    } else add({ ...base, phase: 'needs-file' }, work)
  }

  const store: UploadStore = {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    getSnapshot: () => items,
    setKnownNames(names) {
      known = names
    },
    async addFiles(files) {
      await Promise.all(files.map(addOne))
    },
    async replaceRecording(sermon, { file, handle = null }) {
      const refusal = await ports.refuse(file)
      if (refusal !== null) return refusal
      if (items.some((item) => item.sermonId === sermon.id && item.phase !== 'done')) {
        return 'A recording of this sermon is on its way already.'
      }
      const id = crypto.randomUUID()
      add(
        {
          id,
          sermonId: sermon.id,
          replaces: true,
          fileName: file.name,
          sizeBytes: file.size,
          phase: 'queued',
          message: null,
          fields: { ...emptyFields, title: sermon.title },
          saved: 'yes',
          bytesSent: 0,
          bytesPerSecond: null,
        },
        { file, handle, lastModified: file.lastModified },
      )
      pump()
      return null
    },
    async restore() {
      for (const record of await ports.memory.list()) await bringBack(record)
      pump()
    },
    edit(id, patch) {
      const item = find(id)
      if (!item) return
      update(id, { fields: { ...item.fields, ...patch }, saved: 'no' })
      if (item.sermonId) scheduleSave(id)
      remember(id)
    },
    pause(id) {
      const work = works.get(id)
      const item = find(id)
      if (!work || !item || !isUnfinished(item) || item.phase === 'finishing') return
      halt(work)
      update(id, { phase: 'paused', bytesPerSecond: null })
      pump()
    },
    resume(id) {
      const work = works.get(id)
      if (!work) return
      halt(work)
      work.retries = 0
      work.renewed = false
      work.startedOver = false
      queue(id)
    },
    provideFile(id, { file, handle = null }) {
      const item = find(id)
      const work = works.get(id)
      if (!item || !work) return null
      if (file.size !== item.sizeBytes) {
        return `This is another file. Choose the one this upload began with: ${item.fileName}.`
      }
      work.file = file
      work.handle = handle
      if (item.sermonId) ports.memory.keepFile(item.sermonId, file, handle).catch(() => undefined)
      queue(id)
      return null
    },
    async allowFile(id) {
      const file = await works.get(id)?.askFile?.()
      if (!file) update(id, { phase: 'needs-file' })
      else {
        const message = store.provideFile(id, { file })
        if (message) update(id, { phase: 'needs-file', message })
      }
    },
    async cancel(id) {
      const work = works.get(id)
      const item = find(id)
      if (!work || !item) return
      halt(work)
      if (work.saveTimer) clearTimeout(work.saveTimer)
      forget(id)
      works.delete(id)
      publish(items.filter((other) => other.id !== id))
      pump()
      if (item.sermonId && !item.replaces) await ports.api.removeSermon(item.sermonId).catch(() => undefined)
    },
    dismiss(id) {
      const item = find(id)
      if (!item || (item.phase !== 'done' && item.phase !== 'refused')) return
      const timer = works.get(id)?.saveTimer
      if (timer) {
        clearTimeout(timer)
        void save(id)
      }
      works.delete(id)
      publish(items.filter((other) => other.id !== id))
    },
    wake() {
      for (const item of items) {
        const work = works.get(item.id)
        if (item.phase !== 'reconnecting' || !work) continue
        if (work.retryTimer) clearTimeout(work.retryTimer)
        work.retryTimer = null
        queue(item.id)
      }
    },
  }
  return store
}
