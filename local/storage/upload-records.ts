import { randomUUID } from 'node:crypto'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type KvStore, Upload } from '@tus/server'
import { z } from 'zod'

const recordSchema = z.object({
  id: z.string(),
  size: z.number().optional(),
  offset: z.number(),
  metadata: z.record(z.string(), z.string().nullable()).optional(),
  creation_date: z.string().optional(),
})

export type UploadRecords = KvStore<Upload> & { list(): Promise<string[]> }

/**
 * Stores the state of each resumable upload in a JSON file next to its bytes. Files are written under another name
 * and renamed, so a crash leaves the old record or the new one. An unreadable record counts as missing.
 */
export function createUploadRecords(directory: string): UploadRecords {
  const placeOf = (id: string) => path.join(directory, `${path.basename(id)}.json`)
  return {
    async get(id) {
      try {
        const record = recordSchema.parse(JSON.parse(await readFile(placeOf(id), 'utf8')))
        return new Upload({
          id: record.id,
          offset: record.offset,
          ...(record.size === undefined ? {} : { size: record.size }),
          ...(record.metadata === undefined ? {} : { metadata: record.metadata }),
          ...(record.creation_date === undefined ? {} : { creation_date: record.creation_date }),
        })
      } catch {
        return undefined
      }
    },
    async set(id, upload) {
      const temporary = `${placeOf(id)}.${randomUUID()}`
      await writeFile(temporary, JSON.stringify(upload), { mode: 0o600, flush: true })
      await rename(temporary, placeOf(id))
    },
    delete: (id) => rm(placeOf(id), { force: true }),
    async list() {
      const names = await readdir(directory)
      return names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length))
    },
  }
}
