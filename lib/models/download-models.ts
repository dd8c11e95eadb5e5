import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Env } from '#lib/env.ts'
import { AppError } from '#lib/errors.ts'
import { downloadModelFile } from './download-model-file.ts'
import { listModels, type ModelSettings } from './list-models.ts'
import { clearFailure, readFailure, recordFailure } from './model-failure.ts'
import { isModelReady, modelFilePath, modelFolder } from './model-folder.ts'
import type { ModelFile, ModelManifest } from './model-manifest.ts'
import { readReceivedBytes } from './read-model-states.ts'

type Settings = ModelSettings & Pick<Env, 'SELAH_DISK_RESERVE_MB'>

/**
 * Downloads the models that are missing on this machine and whose next attempt is due, one file after the other.
 * A failure is recorded for the status pages and decides when the next attempt is due. Only one process may do this
 * for a folder.
 */
export async function downloadModels(
  { env, now }: { env: Settings; now: () => Date },
  { signal, stallMs }: { signal: AbortSignal; stallMs?: number | undefined },
): Promise<void> {
  const dir = env.SELAH_MODELS_DIR
  for (const model of listModels(env)) {
    if (isModelReady(dir, model)) continue
    const last = await readFailure(dir, model)
    if (last && new Date(last.nextAttemptAt) > now()) continue
    try {
      for (const file of model.files) await downloadMissing(env, { model, file, signal, stallMs })
      await clearFailure(dir, model)
      await removeOtherRevisions(dir, model)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      // Without a network this would fill the log: the same reason is reported once.
      if (last?.reason !== error.reason)
        console.warn(`The model ${model.id} is not downloaded yet. ${error.message}`)
      const receivedBytes = await readReceivedBytes(dir, model)
      await recordFailure(dir, model, { error, receivedBytes, now: now() }).catch((problem: unknown) =>
        console.warn(`The failure could not be recorded in ${dir}.`, problem),
      )
    }
  }
}

async function downloadMissing(
  env: Settings,
  options: { model: ModelManifest; file: ModelFile; signal: AbortSignal; stallMs: number | undefined },
): Promise<void> {
  const { model, file, signal, stallMs } = options
  const filePath = modelFilePath(env.SELAH_MODELS_DIR, model, file)
  const found = await stat(filePath).catch(() => null)
  if (found?.size === file.sizeBytes) return
  await downloadModelFile({
    url: addressOf(env.SELAH_MODELS_MIRROR, model, file),
    filePath,
    file,
    reserveBytes: env.SELAH_DISK_RESERVE_MB * 1024 * 1024,
    signal,
    stallMs,
  })
}

/** The layout of Hugging Face, which its mirrors keep. */
function addressOf(
  mirror: string,
  { repository, revision }: ModelManifest,
  { path: file }: ModelFile,
): string {
  return `${mirror.replace(/\/+$/, '')}/${repository}/resolve/${revision}/${file}`
}

async function removeOtherRevisions(dir: string, model: ModelManifest): Promise<void> {
  const own = modelFolder(dir, model)
  const parent = path.dirname(own)
  const others = (await readdir(parent)).filter((name) => name !== path.basename(own))
  await Promise.all(others.map((name) => rm(path.join(parent, name), { recursive: true, force: true })))
}
