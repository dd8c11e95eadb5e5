import { ApiFailure } from '#components/api/call-api.ts'
import type { Autosave } from '#components/autosave/create-autosave.ts'
import type { AudioTags } from '#lib/sermons/guess-metadata.ts'
import type { SermonFields } from '#lib/sermons/sermon-fields.ts'
import type { FileIdentity } from './identify-file.ts'
import type { UploadProblem } from './upload-problem.ts'

/** The endpoint for one recording; the signature in the headers expires after about two hours. */
export type UploadTarget = {
  endpoint: string
  headers: Record<string, string>
  metadata: Record<string, string>
  chunkSizeBytes: number
}

/** Why a call or a transfer stopped. `status` is `null` when no answer came. */
export type UploadFailure = { status: number | null; message: string | null }

export type FileDescription = { fileName: string; sizeBytes: number; contentType: string }

/** The fields of a sermon as the server has them; a later `version` sorts after an earlier one. */
export type SavedFields = { fields: SermonFields; version: string }

/** The calls of the HTTP API an upload makes. Each rejects with an `UploadFailure`. */
export interface UploadApi {
  createSermon(
    file: FileDescription,
    fields: SermonFields,
  ): Promise<{ sermonId: string; version: string; target: UploadTarget }>
  /** Creates the target for another recording of the same sermon. */
  replaceRecording(sermonId: string, file: FileDescription): Promise<UploadTarget>
  /** A new token for the same object. */
  renewTarget(sermonId: string): Promise<UploadTarget>
  readFields(sermonId: string): Promise<SavedFields>
  completeUpload(sermonId: string): Promise<void>
  removeSermon(sermonId: string): Promise<void>
  /** The sermon that has this file as its recording; null if there is none. */
  findSame(file: FileIdentity): Promise<{ sermonId: string; title: string } | null>
}

/** Sends bytes; continues the upload at `uploadUrl` when it is given. */
export interface UploadTransport {
  send(request: {
    file: File
    target: UploadTarget
    uploadUrl: string | null
    onUrl(url: string): void
    onProgress(bytesSent: number): void
    onDone(): void
    /** `creating`: no upload of this object existed yet. */
    onFailed(failure: UploadFailure, stage: 'creating' | 'sending'): void
  }): { stop(): void }
}

/** The stored data of an unfinished upload, so that a closed tab loses nothing. */
export type UploadRecord = {
  sermonId: string
  replaces: boolean
  fileName: string
  sizeBytes: number
  lastModified: number
  partHashes: FileIdentity['partHashes']
  fields: SermonFields
  uploadUrl: string | null
  bytesSent: number
  /** All bytes are sent; only the call that completes the upload is missing. */
  transferred: boolean
}

/** The file of a stored upload: available, available after a permission of the user, or missing. */
export type RememberedFile =
  | { kind: 'file'; file: File }
  | { kind: 'permission'; request: () => Promise<File | null> }
  | { kind: 'missing' }

export interface UploadMemory {
  list(): Promise<UploadRecord[]>
  put(record: UploadRecord): Promise<void>
  keepFile(sermonId: string, file: File, handle: FileSystemFileHandle | null): Promise<void>
  findFile(sermonId: string): Promise<RememberedFile>
  remove(sermonId: string): Promise<void>
  /** Reserves the upload for this tab; `null` when another tab has it. Call the result to release it. */
  claim(sermonId: string): Promise<(() => void) | null>
}

export interface UploadPorts {
  api: UploadApi
  transport: UploadTransport
  memory: UploadMemory
  /** Why the file is certainly not a recording; `null` if it may be one. */
  refuse(file: File): Promise<UploadProblem | null>
  /** `null` when the file can no longer be read. */
  identify(file: File): Promise<FileIdentity | null>
  readTags(file: File): Promise<AudioTags>
  /** The autosave of a sermon's fields; the same one for every form of that sermon. */
  openAutosave(sermonId: string, start: SavedFields): Autosave<SermonFields>
  now(): number
  /** Reports an error of the program. */
  report(error: unknown): void
}

/** The failure, or `null` if it is an error of the program. */
export function asUploadFailure(error: unknown): UploadFailure | null {
  if (error instanceof ApiFailure) return { status: error.status, message: error.sentence }
  if (typeof error === 'object' && error !== null && 'status' in error) {
    const { status } = error
    const message = 'message' in error && typeof error.message === 'string' ? error.message : null
    if (typeof status === 'number' || status === null) return { status, message }
  }
  return null
}
