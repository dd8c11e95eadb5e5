import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { AppError } from '#lib/errors.ts'
import { modelFolder } from './model-folder.ts'
import type { ModelManifest } from './model-manifest.ts'

const failureSchema = z.object({
  reason: z.string(),
  message: z.string(),
  /** Consecutive attempts that received nothing new. */
  attempts: z.int(),
  /** Bytes of the model on the disk after the attempt. */
  receivedBytes: z.int(),
  nextAttemptAt: z.iso.datetime(),
})

/** The last failed attempt to download a model. It is kept beside the files, so that it survives a restart. */
export type ModelFailure = z.infer<typeof failureSchema>

const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
/** The first pause; each further one is twice as long. */
const PAUSE_MS = 30 * SECOND_MS
/** The first pause after a failure that will probably last. */
const LONG_PAUSE_MS = 30 * MINUTE_MS
const MOST_MS = 6 * 60 * MINUTE_MS
const lasting: readonly string[] = [
  'models.not_found',
  'models.changed',
  'models.corrupted',
  'models.disk_full',
  'models.folder',
]

const fileOf = (dir: string, model: ModelManifest) => path.join(modelFolder(dir, model), 'failure.json')

/** The last failure, or null where the last attempt succeeded or there was none. */
export async function readFailure(dir: string, model: ModelManifest): Promise<ModelFailure | null> {
  const text = await readFile(fileOf(dir, model), 'utf8').catch(() => null)
  if (text === null) return null
  try {
    return failureSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/**
 * Records a failed attempt and decides when the next one is due. The pauses grow with each attempt, and start again
 * from the shortest after an attempt that received new bytes.
 */
export async function recordFailure(
  dir: string,
  model: ModelManifest,
  { error, receivedBytes, now }: { error: AppError; receivedBytes: number; now: Date },
): Promise<ModelFailure> {
  const last = await readFailure(dir, model)
  const isFurther = last !== null && receivedBytes > last.receivedBytes
  const attempts = last === null || isFurther ? 1 : last.attempts + 1
  const base = lasting.includes(error.reason) ? LONG_PAUSE_MS : PAUSE_MS
  const pauseMs = Math.max(error.retryAfterMs ?? 0, Math.min(MOST_MS, base * 2 ** (attempts - 1)))
  const failure: ModelFailure = {
    reason: error.reason,
    message: error.message,
    attempts,
    receivedBytes,
    nextAttemptAt: new Date(now.getTime() + pauseMs).toISOString(),
  }
  const file = fileOf(dir, model)
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(`${file}.new`, JSON.stringify(failure))
  await rename(`${file}.new`, file)
  return failure
}

export async function clearFailure(dir: string, model: ModelManifest): Promise<void> {
  await rm(fileOf(dir, model), { force: true })
}
