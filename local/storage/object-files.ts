import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { isMissing } from '../files/is-missing.ts'
import { linkOrCopy } from '../files/link-or-copy.ts'
import { syncPath } from '../files/sync-path.ts'
import type { ByteRange } from './parse-range.ts'
import { createRecentParts } from './recent-parts.ts'
import { tooLarge } from './storage-error.ts'

const abandonedAfterMs = 24 * 60 * 60 * 1000
/** More than half an hour of speech at 96 kbit/s. */
const recentBytes = 32 * 1024 * 1024

export interface ObjectFiles {
  /** The folder of unfinished resumable uploads. */
  resumableDirectory: string
  /**
   * Writes a stream to a new version. The version is complete or does not exist, even after a
   * crash. Throws StorageError `EntityTooLarge` above `maxBytes`.
   */
  write(source: Readable, maxBytes: number): Promise<{ version: string; sizeBytes: number }>
  /** Moves a complete file on the same disk to `version`. Repeating it has no further effect. */
  adopt(filePath: string, version: string): Promise<void>
  /** Undefined when there is no such version. */
  sizeOf(version: string): Promise<number | undefined>
  /** Creates a second version with the same content. */
  copy(version: string): Promise<string>
  /** Undefined when there is no such version. */
  open(version: string): Promise<FileHandle | undefined>
  /** A small part of a version, from memory where it was read lately. Undefined when there is no such version. */
  readPart(version: string, part: ByteRange): Promise<Buffer | undefined>
  remove(version: string): Promise<void>
  /** Removes files of interrupted uploads. */
  removeAbandoned(): Promise<void>
}

/** Stores objects on disk, one immutable file per version. Names of objects are never used as file names. */
export async function openObjectFiles(directory: string): Promise<ObjectFiles> {
  const incoming = path.join(directory, 'incoming')
  const resumable = path.join(directory, 'resumable')
  const objects = path.join(directory, 'objects')
  for (const folder of [incoming, resumable, objects]) await mkdir(folder, { recursive: true, mode: 0o700 })

  const placeOf = (version: string) => {
    if (!/^[0-9a-f-]{36}$/.test(version)) throw new Error('Not a version')
    return path.join(objects, version.slice(0, 2), version)
  }
  const place = async (filePath: string, version: string, move: 'move' | 'keep') => {
    const target = placeOf(version)
    await mkdir(path.dirname(target), { recursive: true, mode: 0o700 })
    if (move === 'move') await rename(filePath, target)
    else await linkOrCopy([filePath], target, path.join(incoming, randomUUID()))
    await syncPath(path.dirname(target))
  }

  const sizeOf = async (version: string) => {
    try {
      return (await stat(placeOf(version))).size
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  }

  const openVersion = (version: string) =>
    open(placeOf(version), 'r').catch((error: unknown) => {
      if (isMissing(error)) return undefined
      throw error
    })
  const recent = createRecentParts(recentBytes)

  return {
    resumableDirectory: resumable,
    async write(source, maxBytes) {
      const version = randomUUID()
      const temporary = path.join(incoming, version)
      let sizeBytes = 0
      try {
        await pipeline(
          async function* (): AsyncGenerator<Buffer> {
            // A refusal must not end the request, or the client would see a broken connection.
            for await (const chunk of source.iterator({ destroyOnReturn: false })) {
              sizeBytes += chunk.length
              if (sizeBytes > maxBytes) throw tooLarge()
              yield chunk
            }
          },
          createWriteStream(temporary, { flags: 'wx', mode: 0o600, flush: true }),
        )
        await place(temporary, version, 'move')
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      }
      return { version, sizeBytes }
    },
    async adopt(filePath, version) {
      try {
        await syncPath(filePath)
        await place(filePath, version, 'move')
      } catch (error) {
        if (!isMissing(error) || (await sizeOf(version)) === undefined) throw error
      }
    },
    sizeOf,
    async copy(version) {
      const copyVersion = randomUUID()
      await place(placeOf(version), copyVersion, 'keep')
      return copyVersion
    },
    open: openVersion,
    readPart: (version, part) =>
      recent.take(version, part, async () => {
        const file = await openVersion(version)
        try {
          return file && (await readBytes(file, part))
        } finally {
          await file?.close()
        }
      }),
    async remove(version) {
      await rm(placeOf(version), { force: true })
      recent.forget(version)
    },
    async removeAbandoned() {
      for (const name of await readdir(incoming)) {
        const filePath = path.join(incoming, name)
        const info = await stat(filePath).catch(() => undefined)
        if (info && Date.now() - info.mtimeMs > abandonedAfterMs) await rm(filePath, { force: true })
      }
    },
  }
}

async function readBytes(file: FileHandle, { start, end }: ByteRange): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(end - start + 1)
  let filled = 0
  while (filled < bytes.length) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, start + filled)
    if (bytesRead === 0) throw new Error('The file is shorter than its object.')
    filled += bytesRead
  }
  return bytes
}
