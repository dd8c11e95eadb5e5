import { createHash } from 'node:crypto'
import { createReadStream, type Dirent } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { AppError } from '#lib/errors.ts'
import { isMissing } from '../files/is-missing.ts'

export const backupReasons = ['requested', 'daily', 'before-migration'] as const
export type BackupReason = (typeof backupReasons)[number]

/** A path relative to the backup, with `/` between names. */
const pathSchema = z.string().refine((given) => !path.isAbsolute(given) && !given.split('/').includes('..'))

const fileSchema = z.object({
  path: pathSchema,
  sizeBytes: z.int().min(0),
  modifiedMs: z.number(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})
export type BackupFile = z.infer<typeof fileSchema>

const manifestSchema = z.object({
  format: z.literal(1),
  createdAt: z.iso.datetime(),
  reason: z.enum(backupReasons),
  /** Names of the keys of hosted services that were set. The keys themselves are not in the backup. */
  neededVariables: z.array(z.string()),
  /** All folders, including empty ones, which are needed too. */
  folders: z.array(pathSchema),
  files: z.array(fileSchema),
})
export type BackupManifest = z.infer<typeof manifestSchema>

export const manifestName = 'manifest.json'
export const partialPrefix = '.partial-'

/**
 * Reads the manifest of a backup. Throws AppError when the backup is not complete: the manifest is
 * written last, and the folder gets its final name after that.
 */
export async function readManifest(backup: string): Promise<BackupManifest> {
  const incomplete = (cause: unknown) =>
    new AppError('bad_request', `${backup} is not a complete backup. Choose another one.`, {
      reason: 'backup.incomplete',
      cause,
    })
  if (path.basename(backup).startsWith(partialPrefix)) throw incomplete(undefined)
  try {
    return parseManifest(await readFile(path.join(backup, manifestName), 'utf8'))
  } catch (cause) {
    throw incomplete(cause)
  }
}

/** Throws when the text is not that of a manifest. */
export function parseManifest(text: string): BackupManifest {
  return manifestSchema.parse(JSON.parse(text))
}

/** Returns the complete backups in a folder, the newest first. A missing folder has none. */
export async function listBackups(folder: string): Promise<{ path: string; manifest: BackupManifest }[]> {
  const names = await readdir(folder).catch(() => [])
  const found = await Promise.all(
    names
      .filter((name) => name.startsWith('selah-'))
      .map(async (name) => {
        const backup = path.join(folder, name)
        const manifest = await readManifest(backup).catch(() => null)
        return manifest === null ? [] : [{ path: backup, manifest }]
      }),
  )
  return found.flat().sort((a, b) => (a.manifest.createdAt < b.manifest.createdAt ? 1 : -1))
}

/** Describes one file of a backup. Reads all of it, unless size and time are those of `known`. */
export async function describeFile(
  backup: string,
  name: string,
  known: BackupFile | undefined,
): Promise<BackupFile> {
  const { size, mtimeMs } = await stat(path.join(backup, name))
  if (known?.sizeBytes === size && known.modifiedMs === mtimeMs) return known
  return {
    path: name,
    sizeBytes: size,
    modifiedMs: mtimeMs,
    sha256: await hashFile(path.join(backup, name)),
  }
}

export async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

/** Lists all files below a folder, relative to it, with `/` between names. A missing folder has none. */
export function listFiles(folder: string): Promise<string[]> {
  return listEntries(folder, (entry) => entry.isFile())
}

/** Like `listFiles`, but lists folders. */
export function listFolders(folder: string): Promise<string[]> {
  return listEntries(folder, (entry) => entry.isDirectory())
}

async function listEntries(folder: string, isIncluded: (entry: Dirent) => boolean): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error)) return []
    throw error
  })
  return entries
    .filter(isIncluded)
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
}
