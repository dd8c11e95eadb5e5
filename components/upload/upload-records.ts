import type { SermonFields } from '#lib/sermons/sermon-fields.ts'
import type { FileIdentity } from './identify-file.ts'
import type { UploadItem } from './upload-item.ts'
import type { UploadList } from './upload-list.ts'
import type { UploadMemory, UploadRecord } from './upload-ports.ts'
import type { UploadWork } from './upload-work.ts'

/** The records of uploads in the browser, so that a closed tab loses nothing. */
export interface UploadRecords {
  remember(id: string): void
  keepFile(id: string): void
  forget(id: string): void
  /** Reserves the upload for this tab. */
  claim(id: string): Promise<void>
  /** Adds the uploads that a closed tab left unfinished; their fields are as the server last confirmed them. */
  restore(): Promise<{ id: string; fields: SermonFields }[]>
}

/** `null` while there is nothing on the server to resume, and when the upload is complete. */
function recordOf(item: UploadItem, work: UploadWork): UploadRecord | null {
  if (!item.sermonId || item.phase === 'done') return null
  return {
    sermonId: item.sermonId,
    replaces: item.replaces,
    fileName: work.identity.name,
    sizeBytes: work.identity.sizeBytes,
    lastModified: work.identity.lastModified,
    partHashes: work.identity.partHashes,
    fields: work.autosave?.savedFields() ?? item.fields,
    uploadUrl: work.uploadUrl,
    bytesSent: item.bytesSent,
    transferred: work.transferred,
  }
}

/** The identity of the file with which a stored upload began. */
function identityOf(record: UploadRecord): FileIdentity {
  return {
    name: record.fileName,
    sizeBytes: record.sizeBytes,
    lastModified: record.lastModified,
    partHashes: record.partHashes,
  }
}

/** If the browser stores nothing (private mode, full disk), only the resume after a reload is lost. */
const ignore = () => undefined

export function createUploadRecords(list: UploadList, memory: UploadMemory): UploadRecords {
  /** `null` if this tab or another already has the upload. */
  async function bringBack(record: UploadRecord): Promise<string | null> {
    const { sermonId, replaces, fields, bytesSent, uploadUrl, transferred } = record
    if (list.getSnapshot().some((item) => item.sermonId === sermonId)) return null
    const release = await memory.claim(sermonId)
    if (!release) return null
    const found = transferred ? null : await memory.findFile(sermonId)
    const item = { sermonId, replaces, fields, bytesSent }
    const work = { identity: identityOf(record), uploadUrl, transferred, isKnown: true, release }
    if (!found) return list.add({ ...item, phase: 'queued' }, work)
    if (found.kind === 'file') return list.add({ ...item, phase: 'queued' }, { ...work, file: found.file })
    if (found.kind === 'missing') return list.add({ ...item, phase: 'needs-file' }, work)
    return list.add({ ...item, phase: 'needs-permission' }, { ...work, askFile: found.request })
  }

  return {
    remember(id) {
      const item = list.find(id)
      const work = list.work(id)
      const record = item && work ? recordOf(item, work) : null
      if (record) memory.put(record).catch(ignore)
    },
    keepFile(id) {
      const sermonId = list.find(id)?.sermonId
      const work = list.work(id)
      if (sermonId && work?.file) memory.keepFile(sermonId, work.file, work.handle).catch(ignore)
    },
    forget(id) {
      const sermonId = list.find(id)?.sermonId
      list.work(id)?.release?.()
      if (sermonId) memory.remove(sermonId).catch(ignore)
    },
    async claim(id) {
      const sermonId = list.find(id)?.sermonId
      const work = list.work(id)
      if (!sermonId || !work || work.release) return
      work.release = await memory.claim(sermonId).catch(() => null)
    },
    async restore() {
      const restored: { id: string; fields: SermonFields }[] = []
      for (const record of await memory.list()) {
        const id = await bringBack(record)
        if (id !== null && !record.replaces) restored.push({ id, fields: record.fields })
      }
      return restored
    },
  }
}
