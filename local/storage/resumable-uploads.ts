import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import { stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Server, type Upload } from '@tus/server'
import { bucketLimit, findBucket } from './bucket-rows.ts'
import { checkKey } from './check-key.ts'
import { cleanContentType, isAllowedType } from './choose-content-type.ts'
import { checkStillGranted } from './closed-uploads.ts'
import { explainFullDisk } from './disk-space.ts'
import { findObject, putObject } from './object-rows.ts'
import { readUserMetadata } from './read-user-metadata.ts'
import { isClosed, isFinished, ResumableStore } from './resumable-store.ts'
import type { StorageContext } from './storage-context.ts'
import { alreadyExists, StorageError, uploadClosed } from './storage-error.ts'
import { decodeUploadAddress, encodeUploadAddress } from './upload-address.ts'
import { createUploadRecords } from './upload-records.ts'

/** What a request may do: everything with the secret key, one object with a signature. */
export interface UploadRights {
  /** The path below which created uploads get their URL. */
  mount: string
  /** `bucket/key` of the signature; undefined for the secret key. */
  onlyUrl: string | undefined
  /** When the signature was granted; undefined for the secret key. */
  issuedAtMs: number | undefined
  upsert: boolean
}

export interface ResumableUploads {
  handle(req: IncomingMessage, res: ServerResponse, rights: UploadRights): Promise<void>
  /** Finishes uploads whose last byte arrived just before the process ended. */
  finishInterrupted(): Promise<void>
  removeExpired(): Promise<void>
  /** Ends the unfinished uploads to these names and deletes the bytes that have arrived. */
  close(bucketId: string, names: readonly string[]): Promise<void>
}

/** Serves TUS 1.0 from the upload folder. All state is on disk, so uploads continue after a killed process. */
export function createResumableUploads(
  context: StorageContext,
  options: { lifeSeconds: number },
): ResumableUploads {
  const directory = context.files.resumableDirectory
  const records = createUploadRecords(directory)
  const store = new ResumableStore({ directory, records, lifeMs: options.lifeSeconds * 1000 })
  const current = new AsyncLocalStorage<UploadRights>()
  const currentRights = () => {
    const rights = current.getStore()
    if (!rights) throw new Error('A resumable upload without rights')
    return rights
  }

  const finish = async (upload: Upload): Promise<void> => {
    if (isClosed((await records.get(upload.id)) ?? upload)) throw uploadClosed()
    const target = targetOf(upload.metadata)
    await context.files.adopt(store.filePath(upload.id), upload.id)
    try {
      const { replacedVersion } = await putObject(
        context,
        {
          bucketId: target.bucketId,
          name: target.key,
          version: upload.id,
          sizeBytes: upload.size ?? upload.offset,
          contentType: cleanContentType(upload.metadata?.contentType ?? undefined),
          cacheControl: cacheSeconds(upload.metadata?.cacheControl),
          userMetadata: readUserMetadata(upload.metadata?.metadata),
        },
        upload.metadata?.upsert === 'true',
      )
      if (replacedVersion !== undefined && replacedVersion !== upload.id) {
        await context.files.remove(replacedVersion)
      }
    } catch (error) {
      // Refused permanently. After any other failure (such as an unreachable database) the bytes stay for the next attempt.
      if (error instanceof StorageError) {
        await store.remove(upload.id)
        await context.files.remove(upload.id)
      }
      throw error
    }
    await store.markFinished(upload)
  }

  const finishIfComplete = async (id: string): Promise<void> => {
    const upload = await records.get(id)
    if (!upload || upload.size === undefined || isFinished(upload) || isClosed(upload)) return
    const waiting = await stat(store.filePath(id)).catch(() => undefined)
    const arrivedBytes = waiting?.size ?? (await context.files.sizeOf(id))
    if (arrivedBytes === upload.size) await finish(upload)
  }

  const server = new Server({
    path: '/storage/v1/upload/resumable',
    datastore: store,
    relativeLocation: true,
    disableTerminationForFinishedUploads: true,
    allowedHeaders: ['apikey', 'x-signature', 'x-upsert', 'x-client-info'],
    async maxSize(req, id) {
      const record = id ? await records.get(id) : undefined
      // A known length was checked at creation. Later chunks need no database, so uploads continue while it restarts.
      if (!id || record?.size !== undefined) return context.maxObjectBytes
      const target = targetOf(record?.metadata ?? metadataOf(req))
      checkRights(currentRights(), target)
      return bucketLimit(await findBucket(context.pool, target.bucketId), context.maxObjectBytes)
    },
    namingFunction: () => randomUUID(),
    getFileIdFromRequest: (_req, lastPath) => decodeUploadAddress(lastPath ?? '')?.version,
    generateUrl: (req, { id }) => {
      const target = targetOf(metadataOf(req))
      return `${currentRights().mount}/${encodeUploadAddress({ ...target, version: id })}`
    },
    async onIncomingRequest(req, id) {
      const rights = currentRights()
      if (req.method === 'POST') {
        checkRights(rights, targetOf(metadataOf(req)))
        return
      }
      const upload = await records.get(id)
      if (!upload) throw new StorageError('NoSuchUpload', 'The upload was not found. It may have expired.')
      if (isClosed(upload)) throw uploadClosed()
      const target = targetOf(upload.metadata)
      const address = decodeUploadAddress(new URL(req.url).pathname.split('/').at(-1) ?? '')
      if (address?.bucketId !== target.bucketId || address.key !== target.key) {
        throw new StorageError('NoSuchUpload', 'The upload was not found.')
      }
      checkRights(rights, target)
      if (req.method === 'HEAD') await finishIfComplete(id)
      if (req.method === 'PATCH') await context.disk.require(Number(req.headers.get('content-length') ?? 0))
    },
    async onUploadCreate(_req, upload) {
      const rights = currentRights()
      const target = targetOf(upload.metadata)
      const { issuedAtMs } = rights
      if (issuedAtMs !== undefined) await checkStillGranted(context.pool, { ...target, issuedAtMs })
      const bucket = await findBucket(context.pool, target.bucketId)
      const contentType = cleanContentType(upload.metadata?.contentType ?? undefined)
      if (!isAllowedType(contentType, bucket.allowed_mime_types)) {
        throw new StorageError('InvalidMimeType', `mime type ${contentType} is not supported`)
      }
      readUserMetadata(upload.metadata?.metadata)
      await context.disk.require(upload.size ?? 0)
      if (!rights.upsert && (await findObject(context.pool, target.bucketId, target.key)))
        throw alreadyExists()
      // Stored with the upload, whatever the client sent, because another process may finish it.
      return { metadata: { ...upload.metadata, upsert: String(rights.upsert) } }
    },
    async onUploadFinish(_req, upload) {
      const record = await records.get(upload.id)
      if (!record || !isFinished(record)) await finish(upload)
      return { headers: { 'Tus-Complete': '1' } }
    },
    onResponseError(_req, given) {
      const error = explainFullDisk(given)
      if (error instanceof StorageError) return { status_code: error.status, body: error.message }
      if (error instanceof Error) {
        console.error('A resumable upload failed:', error)
        return { status_code: 500, body: 'Something went wrong on our side.' }
      }
      return undefined
    },
  })

  return {
    handle: (req, res, rights) => current.run(rights, () => server.handle(req, res)),
    async finishInterrupted() {
      for (const id of await records.list()) {
        await finishIfComplete(id).catch((error: unknown) => {
          console.warn('An upload that was complete could not be stored:', error)
        })
      }
    },
    async close(bucketId, names) {
      for (const id of await records.list()) {
        const upload = await records.get(id)
        if (!upload || isFinished(upload)) continue
        const { bucketName, objectName } = upload.metadata ?? {}
        if (bucketName !== bucketId || !objectName || !names.includes(objectName)) continue
        await store.close(upload)
      }
    },
    async removeExpired() {
      await server.cleanUpExpiredUploads()
      await context.files.removeAbandoned()
    },
  }
}

/** Throws StorageError `InvalidRequest`, `InvalidKey`. */
function targetOf(metadata: Upload['metadata']): { bucketId: string; key: string } {
  const bucketId = metadata?.bucketName
  const key = metadata?.objectName
  if (!bucketId || !key || bucketId.includes('/')) {
    throw new StorageError('InvalidRequest', 'Upload-Metadata must have bucketName and objectName')
  }
  return { bucketId, key: checkKey(key) }
}

function metadataOf(req: Request): Record<string, string> {
  const header = req.headers.get('upload-metadata') ?? ''
  const entries = header.split(',').map((entry) => entry.trim().split(' '))
  return Object.fromEntries(
    entries.map(([name = '', value = '']) => [name, Buffer.from(value, 'base64').toString('utf8')]),
  )
}

function checkRights(rights: UploadRights, target: { bucketId: string; key: string }): void {
  if (rights.onlyUrl !== undefined && rights.onlyUrl !== `${target.bucketId}/${target.key}`) {
    throw new StorageError('InvalidSignature', 'Invalid signature')
  }
}

/** Resumable uploads accept a number of seconds only. */
function cacheSeconds(given: string | null | undefined): string {
  return given !== null && given !== undefined && /^\d{1,10}$/.test(given) ? `max-age=${given}` : 'no-cache'
}
