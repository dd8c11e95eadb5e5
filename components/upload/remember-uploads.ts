import * as v from 'valibot'
import type { RememberedFile, UploadMemory } from './upload-ports.ts'

/** Larger files are not copied to the browser's storage: the user chooses them again after a reload. */
const largestCopyBytes = 512 * 1024 * 1024

const recordSchema = v.object({
  sermonId: v.string(),
  replaces: v.boolean(),
  fileName: v.string(),
  sizeBytes: v.number(),
  lastModified: v.number(),
  // Uploads that an earlier version began were kept without hashes.
  partHashes: v.optional(v.nullable(v.object({ first: v.string(), last: v.string() })), null),
  fields: v.object({
    title: v.string(),
    speaker: v.string(),
    series: v.string(),
    topics: v.optional(v.string(), ''),
    scripture: v.string(),
    preachedOn: v.string(),
    description: v.string(),
    // A tab of an earlier version may have kept the record.
    language: v.optional(v.string(), ''),
  }),
  uploadUrl: v.nullable(v.string()),
  bytesSent: v.number(),
  transferred: v.boolean(),
})

type KeptFile = { sermonId: string; copy: File | null; handle: FileSystemFileHandle | null }
/** Chromium's permission calls, which the DOM's types do not know yet. */
type AskableHandle = FileSystemFileHandle & {
  queryPermission?(descriptor: { mode: 'read' }): Promise<PermissionState>
  requestPermission?(descriptor: { mode: 'read' }): Promise<PermissionState>
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

function openMemory(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1)
  request.onupgradeneeded = () => {
    request.result.createObjectStore('uploads', { keyPath: 'sermonId' })
    request.result.createObjectStore('files', { keyPath: 'sermonId' })
  }
  return answerOf(request)
}

async function openHandle(handle: AskableHandle): Promise<RememberedFile> {
  const permission = (await handle.queryPermission?.({ mode: 'read' })) ?? 'prompt'
  if (permission === 'granted') {
    // Moved or deleted in the meantime: the person can still choose it from its new place.
    const file = await handle.getFile().catch(() => null)
    return file ? { kind: 'file', file } : { kind: 'missing' }
  }
  return {
    kind: 'permission',
    request: async () => {
      if ((await handle.requestPermission?.({ mode: 'read' })) !== 'granted') return null
      return handle.getFile().catch(() => null)
    },
  }
}

/**
 * Unfinished uploads in this browser's IndexedDB, separately for each user. A file is stored as
 * a handle if the browser provides one, else as a copy if it is not too large.
 */
export function rememberUploads(userId: string): UploadMemory {
  let opened: Promise<IDBDatabase> | null = null
  async function store(name: 'uploads' | 'files', mode: IDBTransactionMode): Promise<IDBObjectStore> {
    opened ??= openMemory(`selah-uploads-${userId}`)
    return (await opened).transaction(name, mode).objectStore(name)
  }

  return {
    async list() {
      const kept: unknown[] = await answerOf((await store('uploads', 'readonly')).getAll())
      return kept.flatMap((record) => {
        const read = v.safeParse(recordSchema, record)
        return read.success ? [read.output] : []
      })
    },
    async put(record) {
      await answerOf((await store('uploads', 'readwrite')).put(record))
    },
    async keepFile(sermonId, file, handle) {
      const copy = handle === null && file.size <= largestCopyBytes ? file : null
      if (!copy && !handle) return
      const kept: KeptFile = { sermonId, copy, handle }
      await answerOf((await store('files', 'readwrite')).put(kept))
    },
    async findFile(sermonId) {
      const kept: KeptFile | undefined = await answerOf((await store('files', 'readonly')).get(sermonId))
      if (kept?.copy) return { kind: 'file', file: kept.copy }
      return kept?.handle ? openHandle(kept.handle) : { kind: 'missing' }
    },
    async remove(sermonId) {
      await answerOf((await store('uploads', 'readwrite')).delete(sermonId))
      await answerOf((await store('files', 'readwrite')).delete(sermonId))
    },
    async claim(sermonId) {
      // Only secure pages have locks; elsewhere two tabs may both send, and the server keeps the newer upload.
      if (!('locks' in navigator)) return () => undefined
      return new Promise((resolve) => {
        void navigator.locks.request(`selah-upload-${sermonId}`, { ifAvailable: true }, (lock) => {
          if (!lock) {
            resolve(null)
            return
          }
          return new Promise<void>((release) => resolve(() => release()))
        })
      })
    },
  }
}
