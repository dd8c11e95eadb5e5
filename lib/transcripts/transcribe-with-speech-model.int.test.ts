import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { makeWav } from '#harness/media/make-wav.ts'
import { downloadModels } from '#lib/models/download-models.ts'
import { modelFilePath } from '#lib/models/model-folder.ts'
import { type ModelServer, startModelServer } from '#test/start-model-server.ts'
import { makeTinySpeechModel } from '#test/tiny-speech-model.ts'
import { chooseTranscriber } from './choose-transcriber.ts'
import { codeInModel } from './transcribe-with-speech-model.ts'
import type { TranscribeInput } from './transcriber.ts'
import { transcriptSchema } from './transcript.ts'

const { model, files } = makeTinySpeechModel()
/** Two minutes and a half of a spoken sermon. */
const recording: TranscribeInput = {
  filePath: path.resolve('samples/a-bruised-reed/audio.mp3'),
  contentType: 'audio/mpeg',
  durationMs: 150_000,
}

let directory: string
let server: ModelServer
let settings: Parameters<typeof chooseTranscriber>[0] & { SELAH_DISK_RESERVE_MB: number }

beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'selah-test-'))
  vi.stubEnv('TMPDIR', path.join(directory, 'tmp'))
  await mkdir(path.join(directory, 'tmp'))
  server = await startModelServer(files)
  const list = path.join(directory, 'list.json')
  await writeFile(list, JSON.stringify([model]))
  settings = {
    SELAH_MODELS: 'auto',
    SELAH_MODELS_DIR: path.join(directory, 'models'),
    SELAH_MODELS_MIRROR: server.url,
    SELAH_MODELS_MANIFEST: list,
    SELAH_DISK_RESERVE_MB: 0,
  }
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await server.stop()
  await rm(directory, { recursive: true, force: true })
})

const download = () =>
  downloadModels({ env: settings, now: () => new Date() }, { signal: new AbortController().signal })

async function downloaded() {
  await download()
  const transcriber = await chooseTranscriber(settings)
  if (!transcriber) throw new Error('no transcriber')
  return transcriber
}

test('a speech model is used as soon as it has been downloaded, instead of the recogniser, but not of Deepgram', async () => {
  expect((await chooseTranscriber(settings))?.source).not.toBe('speech-model')
  await download()
  expect(await chooseTranscriber(settings)).toMatchObject({
    source: 'speech-model',
    label: 'Tiny on this machine',
  })
  expect(await chooseTranscriber({ ...settings, DEEPGRAM_API_KEY: 'key' })).toMatchObject({
    source: 'deepgram',
  })
  expect((await chooseTranscriber({ ...settings, SELAH_MODELS: 'off' }))?.source).not.toBe('speech-model')
})

test('the words have times in order inside the recording, and progress is reported', async () => {
  const shares: number[] = []
  const transcriber = await downloaded()
  const transcript = await transcriber.transcribe({ ...recording, onProgress: (share) => shares.push(share) })
  expect(transcriptSchema.parse(transcript)).toEqual(transcript)
  expect(transcript).toMatchObject({ source: 'speech-model', language: 'en', isDraft: true, timing: 'words' })
  expect(new Set(transcript.words.map(({ text }) => text))).toEqual(new Set(['grace', 'peace.']))
  expect(transcript.words.length).toBeGreaterThan(50)
  expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  expect(shares.at(-1)).toBe(1)
  expect(shares.length).toBeGreaterThan(10)
  expect(await readdir(path.join(directory, 'tmp'))).toEqual([])
})

test('no word is heard where nobody speaks', async () => {
  const filePath = path.join(directory, 'quiet.wav')
  await writeFile(filePath, makeWav({ durationMs: 5000, level: 0.0005 }))
  const transcriber = await downloaded()
  await expect(transcriber.transcribe({ ...recording, filePath })).rejects.toMatchObject({
    reason: 'transcriber.no_speech',
  })
})

test('an abort ends the process of the model and leaves no file', async () => {
  const transcriber = await downloaded()
  const stop = new AbortController()
  const running = transcriber.transcribe({
    ...recording,
    signal: stop.signal,
    onProgress: (share) => {
      if (share > 0.1) stop.abort(new Error('cancelled'))
    },
  })
  await expect(running).rejects.toThrow('cancelled')
  expect(await findChildren(directory)).toEqual([])
  expect(await readdir(path.join(directory, 'tmp'))).toEqual([])
})

test('a model that cannot be loaded ends its own process only, and the error says why', async () => {
  const transcriber = await downloaded()
  const [graph] = model.files
  if (!graph) throw new Error('no file')
  await writeFile(modelFilePath(settings.SELAH_MODELS_DIR, model, graph), Buffer.alloc(graph.sizeBytes, 1))
  await expect(transcriber.transcribe(recording)).rejects.toMatchObject({
    reason: 'transcriber.crashed',
    cause: expect.objectContaining({ message: expect.stringMatching(/\n.*model/s) }),
  })
})

test('a recording in a language that the model does not know is refused', async () => {
  const transcriber = await downloaded()
  await expect(transcriber.transcribe({ ...recording, language: 'de' })).rejects.toMatchObject({
    reason: 'transcriber.language',
  })
})

test.each([
  ['en', 'en'],
  ['en-GB', 'en'],
  ['EN-us', 'en'],
  ['fil', 'tl'],
  ['de', null],
  ['tlh', null],
])('the model knows %s as %s', (language, code) => {
  expect(codeInModel(model, language)).toBe(code)
})

/** The processes whose command line names the folder. */
async function findChildren(folder: string): Promise<string[]> {
  const processes = (await readdir('/proc')).filter(
    (name) => /^\d+$/.test(name) && name !== String(process.pid),
  )
  const lines = await Promise.all(
    processes.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  )
  return lines.filter((line) => line.includes(folder))
}
