import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { AppError } from '#lib/errors.ts'
import { parseRetryAfter } from '#lib/http/parse-retry-after.ts'
import { modelError, toModelError } from './model-error.ts'
import type { ModelFile } from './model-manifest.ts'

/** A server that sends nothing for this long, also before its answer, has stalled. */
const STALL_MS = 30_000

/**
 * Downloads one file of a model to `filePath`, which appears only when its size and sha256 are those of the
 * manifest. An interrupted download stays in `<filePath>.part`, and the next call resumes it.
 * Throws an AppError with a `models.*` reason (`model-error.ts` lists them), and the signal's reason when aborted.
 */
export async function downloadModelFile(input: {
  url: string
  filePath: string
  file: ModelFile
  /** Left free on the disk. */
  reserveBytes: number
  signal: AbortSignal
  stallMs?: number | undefined
}): Promise<void> {
  const { filePath, file, signal } = input
  const part = { partPath: `${filePath}.part`, etagPath: `${filePath}.part.etag` }
  try {
    await mkdir(path.dirname(filePath), { recursive: true })
    let haveBytes = await sizeOf(part.partPath)
    if (haveBytes > file.sizeBytes) {
      await discard(part)
      haveBytes = 0
    }
    await requireSpace(path.dirname(filePath), file.sizeBytes - haveBytes + input.reserveBytes)
    if (haveBytes < file.sizeBytes) await receive({ ...input, ...part, haveBytes })
    if ((await digestOf(part.partPath, signal)) !== file.sha256) throw modelError('corrupted')
    await rename(part.partPath, filePath)
    await rm(part.etagPath, { force: true })
  } catch (error) {
    signal.throwIfAborted()
    const known = error instanceof AppError ? error : toModelError(error, { isReceiving: false })
    // The received bytes belong to another file, so resuming cannot succeed.
    if (known.reason === 'models.corrupted' || known.reason === 'models.changed') await discard(part)
    throw known
  }
}

type Part = { partPath: string; etagPath: string }

async function receive(
  input: Part & {
    url: string
    file: ModelFile
    haveBytes: number
    signal: AbortSignal
    stallMs?: number | undefined
  },
): Promise<void> {
  const { url, file, haveBytes, partPath, etagPath } = input
  const stall = new AbortController()
  const watch = setTimeout(() => stall.abort(), input.stallMs ?? STALL_MS)
  let isReceiving = false
  try {
    const etag = haveBytes > 0 ? await readText(etagPath) : null
    const response = await fetch(url, {
      headers: {
        'accept-encoding': 'identity',
        ...(haveBytes > 0 ? { range: `bytes=${haveBytes}-` } : {}),
        // A file that was replaced in the meantime is then sent whole.
        ...(etag ? { 'if-range': etag } : {}),
      },
      signal: AbortSignal.any([input.signal, stall.signal]),
    })
    const startsAt = await startOf(response, { haveBytes, file })
    // A weak tag does not promise the same bytes.
    const newEtag = response.headers.get('etag')
    if (newEtag && !newEtag.startsWith('W/')) await writeFile(etagPath, newEtag)
    else await rm(etagPath, { force: true })
    isReceiving = true
    const target = await open(partPath, startsAt === 0 ? 'w' : 'a')
    try {
      await writeBody(response, target, { startsAt, file, onBytes: () => watch.refresh() })
      await target.sync()
    } finally {
      await target.close()
    }
  } catch (error) {
    if (error instanceof AppError) throw error
    throw stall.signal.aborted
      ? modelError('stalled', { cause: error })
      : toModelError(error, { isReceiving })
  } finally {
    clearTimeout(watch)
  }
}

/** Returns at which byte of the file the body of an answer begins. Throws for an answer that is not this file. */
async function startOf(
  response: Response,
  { haveBytes, file }: { haveBytes: number; file: ModelFile },
): Promise<number> {
  const refuse = async (error: AppError) => {
    await response.body?.cancel()
    throw error
  }
  const { status, headers } = response
  const retryAfterMs = parseRetryAfter(headers.get('retry-after'), Date.now())
  if (status === 429 || status >= 500) await refuse(modelError('busy', { retryAfterMs, cause: status }))
  if (status === 416) await refuse(modelError('changed', { cause: status }))
  if (!response.ok) await refuse(modelError('not_found', { cause: status }))
  if (status === 206) {
    const [, start, total] = /^bytes (\d+)-\d+\/(\d+)$/.exec(headers.get('content-range') ?? '') ?? []
    if (Number(start) !== haveBytes || Number(total) !== file.sizeBytes) {
      await refuse(modelError('changed', { cause: headers.get('content-range') }))
    }
    return haveBytes
  }
  const length = headers.get('content-length')
  if (length !== null && Number(length) !== file.sizeBytes) {
    await refuse(modelError('changed', { cause: `${length} bytes instead of ${file.sizeBytes}` }))
  }
  return 0
}

async function writeBody(
  response: Response,
  target: FileHandle,
  { startsAt, file, onBytes }: { startsAt: number; file: ModelFile; onBytes: () => void },
): Promise<void> {
  let written = startsAt
  for await (const chunk of response.body ?? []) {
    onBytes()
    written += chunk.byteLength
    if (written > file.sizeBytes) throw modelError('changed', { cause: 'more bytes than the file has' })
    await target.writeFile(chunk)
  }
  if (written < file.sizeBytes) {
    throw modelError('interrupted', { cause: `${written} of ${file.sizeBytes} bytes` })
  }
}

async function requireSpace(folder: string, neededBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize < neededBytes) throw modelError('disk_full')
}

async function digestOf(file: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash, { signal })
  return hash.digest('hex')
}

async function discard({ partPath, etagPath }: Part): Promise<void> {
  await Promise.all([rm(partPath, { force: true }), rm(etagPath, { force: true })])
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.size ?? 0
}

async function readText(file: string): Promise<string | null> {
  return (await readFile(file, 'utf8').catch(() => null)) || null
}
