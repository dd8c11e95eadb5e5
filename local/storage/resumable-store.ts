import { rm } from 'node:fs/promises'
import path from 'node:path'
import { FileStore } from '@tus/file-store'
import { Upload } from '@tus/server'
import type { UploadRecords } from './upload-records.ts'

const finishedMark = 'finished'
const closedMark = 'closed'

/**
 * Unfinished uploads on disk. When one is finished, its bytes have moved to the object; its record stays until it
 * expires, so that a client that missed the last answer still learns that everything arrived.
 */
export class ResumableStore extends FileStore {
  readonly #records: UploadRecords

  constructor(options: { directory: string; records: UploadRecords; lifeMs: number }) {
    super({
      directory: options.directory,
      configstore: options.records,
      expirationPeriodInMilliseconds: options.lifeMs,
    })
    this.#records = options.records
  }

  filePath(id: string): string {
    return path.join(this.directory, path.basename(id))
  }

  override async getUpload(id: string): Promise<Upload> {
    const record = await this.#records.get(id)
    if (!record || !isFinished(record)) return super.getUpload(id)
    record.offset = record.size ?? 0
    return record
  }

  override async remove(id: string): Promise<void> {
    await rm(this.filePath(id), { force: true })
    await this.#records.delete(id)
  }

  /** Deletes the bytes; the record stays until it expires, so that the client learns why. */
  async close(upload: Upload): Promise<void> {
    await this.#mark(upload, closedMark)
    await rm(this.filePath(upload.id), { force: true })
  }

  async markFinished(upload: Upload): Promise<void> {
    await this.#mark(upload, finishedMark)
  }

  /** The record keeps offset 0, because the library expires only incomplete uploads. */
  async #mark(upload: Upload, mark: string): Promise<void> {
    const { metadata, size, creation_date: createdAt } = upload
    await this.#records.set(
      upload.id,
      new Upload({
        id: upload.id,
        offset: 0,
        metadata: { ...metadata, [mark]: 'true' },
        ...(size === undefined ? {} : { size }),
        ...(createdAt === undefined ? {} : { creation_date: createdAt }),
      }),
    )
  }
}

export function isFinished(upload: Pick<Upload, 'metadata'>): boolean {
  return upload.metadata?.[finishedMark] === 'true'
}

export function isClosed(upload: Pick<Upload, 'metadata'>): boolean {
  return upload.metadata?.[closedMark] === 'true'
}
