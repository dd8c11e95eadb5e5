import { stat } from 'node:fs/promises'
import { listModels, type ModelSettings } from './list-models.ts'
import { type ModelFailure, readFailure } from './model-failure.ts'
import { isModelReady, modelFilePath } from './model-folder.ts'
import type { ModelManifest } from './model-manifest.ts'

/** `waiting`: the download has not begun. `paused`: the last attempt failed, and another one follows. */
export type ModelState = {
  id: string
  kind: ModelManifest['kind']
  licence: string
  state: 'waiting' | 'downloading' | 'paused' | 'ready'
  receivedBytes: number
  totalBytes: number
  failure: ModelFailure | null
}

/** How far the download of each model is, as the disk of this machine shows it. */
export async function readModelStates(settings: ModelSettings): Promise<ModelState[]> {
  const dir = settings.SELAH_MODELS_DIR
  return Promise.all(
    listModels(settings).map(async (model): Promise<ModelState> => {
      const { id, kind, licence } = model
      const totalBytes = model.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
      const common = { id, kind, licence, totalBytes }
      if (isModelReady(dir, model)) {
        return { ...common, state: 'ready', receivedBytes: totalBytes, failure: null }
      }
      const receivedBytes = await readReceivedBytes(dir, model)
      const failure = await readFailure(dir, model)
      const state = failure ? 'paused' : receivedBytes > 0 ? 'downloading' : 'waiting'
      return { ...common, state, receivedBytes, failure }
    }),
  )
}

/** The bytes of a model on the disk, those of unfinished files included. */
export async function readReceivedBytes(dir: string, model: ModelManifest): Promise<number> {
  const sizes = await Promise.all(
    model.files.map(async (file) => {
      const filePath = modelFilePath(dir, model, file)
      const found =
        (await stat(filePath).catch(() => null)) ?? (await stat(`${filePath}.part`).catch(() => null))
      return Math.min(file.sizeBytes, found?.size ?? 0)
    }),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
