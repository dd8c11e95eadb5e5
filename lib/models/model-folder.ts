import { statSync } from 'node:fs'
import path from 'node:path'
import type { ModelFile, ModelManifest } from './model-manifest.ts'

/** The folder of one revision of a model. */
export function modelFolder(dir: string, { id, revision }: Pick<ModelManifest, 'id' | 'revision'>): string {
  return path.join(dir, id, revision)
}

export function modelFilePath(dir: string, model: ModelManifest, file: ModelFile): string {
  return path.join(modelFolder(dir, model), file.path)
}

/** Whether every file of the model has arrived. A file has its name only after it was verified. */
export function isModelReady(dir: string, model: ModelManifest): boolean {
  return model.files.every(
    (file) => statSync(modelFilePath(dir, model, file), { throwIfNoEntry: false })?.size === file.sizeBytes,
  )
}
