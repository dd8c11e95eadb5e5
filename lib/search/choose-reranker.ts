import { listModels, type ModelSettings } from '#lib/models/list-models.ts'
import { isModelReady } from '#lib/models/model-folder.ts'
import { localReranker } from './local-reranker.ts'
import type { Reranker } from './reranker.ts'

/** The reranker on this machine, or null where the settings name none or it has not been downloaded. */
export function chooseReranker(settings: ModelSettings): Reranker | null {
  for (const model of listModels(settings)) {
    if (model.kind === 'reranker' && isModelReady(settings.SELAH_MODELS_DIR, model)) {
      return localReranker(settings.SELAH_MODELS_DIR, model)
    }
  }
  return null
}
