'use client'

import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import { useTimeZone } from '#components/dates/time-zone.tsx'
import type { UsedNames } from '#lib/sermons/list-known-names.ts'
import { refuseFile } from '#lib/sermons/refuse-file.ts'
import { uploadApi } from './call-upload-api.ts'
import { identifyFile } from './identify-file.ts'
import { readTags } from './read-tags.ts'
import { rememberUploads } from './remember-uploads.ts'
import { sendByTus } from './send-by-tus.ts'
import { openSermonAutosave } from './sermon-autosave.ts'
import { isWaiting, type UploadItem } from './upload-item.ts'
import { createUploadStore, type UploadStore } from './upload-store.ts'

type Uploads = { store: UploadStore; known: UsedNames; churchLanguage: string }

const UploadContext = createContext<Uploads | null>(null)
const nothing: readonly UploadItem[] = []
/** Kept outside the pages, so that an upload continues while the user visits other pages. */
const stores = new Map<string, UploadStore>()

function storeFor(userId: string, maxSizeBytes: number): UploadStore {
  const existing = stores.get(userId)
  if (existing) return existing
  const store = createUploadStore({
    api: uploadApi,
    transport: sendByTus,
    memory: rememberUploads(userId),
    readTags,
    identify: identifyFile,
    openAutosave: (sermonId, start) => openSermonAutosave(userId, sermonId, start),
    now: () => Date.now(),
    report: (error) => reportError(error),
    async refuse(file) {
      // A file that was moved after it was chosen cannot be read; the upload says so.
      const start = await file
        .slice(0, 512)
        .arrayBuffer()
        .catch(() => new ArrayBuffer(0))
      const facts = { name: file.name, type: file.type, sizeBytes: file.size }
      return refuseFile({ ...facts, firstBytes: new Uint8Array(start) }, { maxSizeBytes })
    },
  })
  stores.set(userId, store)
  return store
}

/** Provides the uploads of this tab, and restores those that a closed tab left unfinished. */
export function UploadProvider({
  userId,
  maxSizeBytes,
  known,
  churchLanguage,
  children,
}: {
  userId: string
  maxSizeBytes: number
  known: UsedNames
  churchLanguage: string
  children: ReactNode
}) {
  const [store] = useState(() => storeFor(userId, maxSizeBytes))

  const timeZone = useTimeZone()
  useEffect(() => {
    store.setChurch({ known, timeZone, language: churchLanguage })
  }, [store, known, timeZone, churchLanguage])

  useEffect(() => {
    // Without IndexedDB (private windows of some browsers) there is nothing to restore.
    store.restore().catch(() => undefined)
    const wake = () => store.wake()
    const warn = (event: BeforeUnloadEvent) => {
      if (store.getSnapshot().some(isWaiting)) event.preventDefault()
    }
    window.addEventListener('online', wake)
    window.addEventListener('beforeunload', warn)
    return () => {
      window.removeEventListener('online', wake)
      window.removeEventListener('beforeunload', warn)
    }
  }, [store])

  return <UploadContext value={{ store, known, churchLanguage }}>{children}</UploadContext>
}

/** The upload store, the names to suggest and the language of the church; only below `UploadProvider`. */
export function useUploads(): Uploads {
  const uploads = useContext(UploadContext)
  if (!uploads) throw new Error('useUploads needs an UploadProvider above it.')
  return uploads
}

/** The uploads of this tab, kept up to date. */
export function useUploadItems(): readonly UploadItem[] {
  const { store } = useUploads()
  return useSyncExternalStore(store.subscribe, store.getSnapshot, () => nothing)
}
