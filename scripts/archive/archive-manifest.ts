import { createHash } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { syncPath } from '../../local/files/sync-path.ts'

const digest = z.string().regex(/^[0-9a-f]{64}$/)

const tableSchema = z.object({ name: z.string(), rows: z.number().int(), sha256: digest })
const objectSchema = z.object({
  bucket: z.string(),
  path: z.string(),
  contentType: z.string(),
  sizeBytes: z.number().int(),
  updatedAt: z.string().nullable(),
  sha256: digest,
})
const manifestSchema = z.object({
  format: z.literal(1),
  id: z.uuid(),
  /** False until an export has found everything as it had copied it. */
  isComplete: z.boolean(),
  createdAt: z.iso.datetime(),
  /** The migrations of the source; the target must have the same. */
  migrations: z.array(z.string()),
  /** In an order in which rows can be stored: a table comes after those that it refers to. */
  tables: z.array(tableSchema),
  users: z.number().int(),
  /** Of the file of the accounts. The first archives have none. */
  usersSha256: digest.optional(),
  objects: z.array(objectSchema),
})

export type ArchiveManifest = z.infer<typeof manifestSchema>
export type ArchivedTable = z.infer<typeof tableSchema>
export type ArchivedObject = z.infer<typeof objectSchema>

const manifestName = 'archive.json'
export const usersName = 'users.jsonl'
export const tableFile = (folder: string, table: string) => path.join(folder, 'tables', `${table}.jsonl`)

/** The file of an object. Its name is a digest, because a path of storage need not be a valid name of a file. */
export function objectFile(folder: string, { bucket, path: name }: { bucket: string; path: string }): string {
  return path.join(folder, 'objects', createHash('sha256').update(`${bucket}/${name}`).digest('hex'))
}

/** Reads the manifest of an archive, also of one that is not complete; null when there is none. */
export async function readManifest(folder: string): Promise<ArchiveManifest | null> {
  const text = await readFile(path.join(folder, manifestName), 'utf8').catch(() => null)
  return text === null ? null : manifestSchema.parse(JSON.parse(text))
}

/** Stores the manifest. A reader finds the old one or the new one, never a part. */
export async function writeManifest(folder: string, manifest: ArchiveManifest): Promise<void> {
  const draft = path.join(folder, `${manifestName}.new`)
  await writeFile(draft, `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600 })
  await syncPath(draft)
  await rename(draft, path.join(folder, manifestName))
}
