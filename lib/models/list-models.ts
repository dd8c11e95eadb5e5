import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Env } from '#lib/env.ts'
import { type ModelManifest, modelManifest, pinnedModels } from './model-manifest.ts'
import { readSpeechChoice } from './speech-choice.ts'

/** What decides which models are downloaded, from where and to where. */
export type ModelSettings = Pick<
  Env,
  'SELAH_MODELS' | 'SELAH_MODELS_DIR' | 'SELAH_MODELS_MIRROR' | 'SELAH_MODELS_MANIFEST'
>

let named: { file: string; models: ModelManifest[] } | undefined

/**
 * Returns the models of this installation, with the speech model that its owner has chosen, and with the pinned
 * reranker only where all are wanted; none where they are off. An operator's own list replaces the one that ships with
 * Selah; it is read once per process. Throws an Error when that list is not usable.
 */
export function listModels(
  settings: Pick<ModelSettings, 'SELAH_MODELS' | 'SELAH_MODELS_DIR' | 'SELAH_MODELS_MANIFEST'>,
): readonly ModelManifest[] {
  if (settings.SELAH_MODELS === 'off') return []
  const file = settings.SELAH_MODELS_MANIFEST
  if (file === undefined) {
    const speech = readSpeechChoice(settings.SELAH_MODELS_DIR)
    const wanted = pinnedModels.filter(({ kind }) => kind !== 'reranker' || settings.SELAH_MODELS === 'all')
    return speech ? [...wanted, speech] : wanted
  }
  if (named?.file !== file) named = { file, models: readManifests(file) }
  return named.models
}

function readManifests(file: string): ModelManifest[] {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new Error(`SELAH_MODELS_MANIFEST cannot be used: ${file} is not a JSON file that can be read.`, {
      cause,
    })
  }
  const result = z.array(modelManifest).safeParse(content)
  if (result.success) return result.data
  throw new Error(`SELAH_MODELS_MANIFEST cannot be used (${file}):\n${z.prettifyError(result.error)}`)
}
