import { randomUUID } from 'node:crypto'
import { constants, createWriteStream } from 'node:fs'
import { copyFile, type FileHandle, link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { tooLarge } from './storage-error.ts'

const abandonedAfterMs = 24 * 60 * 60 * 1000

export interface ObjectFiles {
  /** Where unfinished resumable uploads live. */
  resumableDirectory: string
  /**
   * Writes a stream to a new version. The version exists complete or not at all, whatever happens in
   * between. Throws StorageError `EntityTooLarge` above `maxBytes`.
   */
  write(source: Readable, maxBytes: number): Promise<{ version: string; sizeBytes: number }>
  /** Makes a complete file of the same disk the content of `version`. Doing it twice is the same as once. */
  adopt(filePath: string, version: string): Promise<void>
  /** Undefined when there is no such version. */
  sizeOf(version: string): Promise<number | undefined>
  /** A second version with the same content. */
  copy(version: string): Promise<string>
  /** Undefined when there is no such version. */
  open(version: string): Promise<FileHandle | undefined>
  remove(version: string): Promise<void>
  /** Throws away what interrupted uploads left behind. */
  removeAbandoned(): Promise<void>
}

/** Objects on disk, one immutable file per version. Names of objects never become names of files. */
export async function openObjectFiles(directory: string): Promise<ObjectFiles> {
  const incoming = path.join(directory, 'incoming')
  const resumable = path.join(directory, 'resumable')
  const objects = path.join(directory, 'objects')
  for (const folder of [incoming, resumable, objects]) await mkdir(folder, { recursive: true, mode: 0o700 })

  const placeOf = (version: string) => {
    if (!/^[0-9a-f-]{36}$/.test(version)) throw new Error('Not a version')
    return path.join(objects, version.slice(0, 2), version)
  }
  const settle = async (filePath: string, version: string, move: 'move' | 'keep') => {
    const place = placeOf(version)
    await mkdir(path.dirname(place), { recursive: true, mode: 0o700 })
    if (move === 'move') await rename(filePath, place)
    else await linkOrCopy(filePath, place, incoming)
    await flush(path.dirname(place))
  }

  const sizeOf = async (version: string) => {
    try {
      return (await stat(placeOf(version))).size
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  }

  return {
    resumableDirectory: resumable,
    async write(source, maxBytes) {
      const version = randomUUID()
      const temporary = path.join(incoming, version)
      let sizeBytes = 0
      try {
        await pipeline(
          async function* (): AsyncGenerator<Buffer> {
            // The request must outlive a refusal, or the client would see a broken connection instead.
            for await (const chunk of source.iterator({ destroyOnReturn: false })) {
              sizeBytes += chunk.length
              if (sizeBytes > maxBytes) throw tooLarge()
              yield chunk
            }
          },
          createWriteStream(temporary, { flags: 'wx', mode: 0o600, flush: true }),
        )
        await settle(temporary, version, 'move')
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      }
      return { version, sizeBytes }
    },
    async adopt(filePath, version) {
      try {
        await flush(filePath)
        await settle(filePath, version, 'move')
      } catch (error) {
        if (!isMissing(error) || (await sizeOf(version)) === undefined) throw error
      }
    },
    sizeOf,
    async copy(version) {
      const copyVersion = randomUUID()
      await settle(placeOf(version), copyVersion, 'keep')
      return copyVersion
    },
    open: (version) =>
      open(placeOf(version), 'r').catch((error: unknown) => {
        if (isMissing(error)) return undefined
        throw error
      }),
    remove: (version) => rm(placeOf(version), { force: true }),
    async removeAbandoned() {
      for (const name of await readdir(incoming)) {
        const filePath = path.join(incoming, name)
        const info = await stat(filePath).catch(() => undefined)
        if (info && Date.now() - info.mtimeMs > abandonedAfterMs) await rm(filePath, { force: true })
      }
    },
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

/** A second name costs nothing; file systems without hard links get a copy, put in place at once. */
async function linkOrCopy(from: string, to: string, temporaryDirectory: string): Promise<void> {
  try {
    await link(from, to)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EEXIST') return
    if (code === 'ENOENT') throw error
    const temporary = path.join(temporaryDirectory, randomUUID())
    await copyFile(from, temporary, constants.COPYFILE_FICLONE)
    await flush(temporary)
    await rename(temporary, to)
  }
}

async function flush(target: string): Promise<void> {
  const handle = await open(target, 'r')
  try {
    await handle.sync()
  } catch (error) {
    // Some file systems refuse to flush a directory; the data itself was flushed before.
    if (!(error instanceof Error && 'code' in error && (error.code === 'EINVAL' || error.code === 'EISDIR')))
      throw error
  } finally {
    await handle.close()
  }
}
