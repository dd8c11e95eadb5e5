import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { listModels } from './list-models.ts'
import { pinnedSpeechModels } from './model-manifest.ts'
import { chooseSpeechModel, readSpeechChoice } from './speech-choice.ts'

let dir: string

beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'selah-choice-'))
})

afterEach(() => rm(dir, { recursive: true, force: true }))

const listed = () =>
  listModels({ SELAH_MODELS: 'auto', SELAH_MODELS_DIR: dir, SELAH_MODELS_MANIFEST: undefined })

test.each(pinnedSpeechModels)('only the chosen speech model is downloaded: $label', async (model) => {
  expect(listed().filter(({ kind }) => kind === 'speech')).toEqual([])
  await chooseSpeechModel(dir, model)
  expect(readSpeechChoice(dir)).toBe(model)
  expect(listed().filter(({ kind }) => kind === 'speech')).toEqual([model])
  await chooseSpeechModel(dir, null)
  expect(readSpeechChoice(dir)).toBeNull()
})

test('the files of a model that is no longer chosen are removed, and those of other models stay', async () => {
  const [small, large] = pinnedSpeechModels
  if (!small || !large) throw new Error('two models are needed')
  for (const id of [small.id, large.id, 'all-minilm-l6-v2-int8']) {
    await mkdir(path.join(dir, id))
    await writeFile(path.join(dir, id, 'file'), '')
  }
  await chooseSpeechModel(dir, large)
  expect((await readdir(dir)).sort()).toEqual(['all-minilm-l6-v2-int8', large.id, 'speech-model.txt'].sort())
})

test('every pinned speech model names files that it downloads', () => {
  for (const { network, files } of pinnedSpeechModels) {
    const { family, ...named } = network
    expect(files.map(({ path: file }) => file).sort(), family).toEqual(Object.values(named).sort())
  }
})
