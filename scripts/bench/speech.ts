/**
 * `npm run bench -- speech [--json]`: how many words the transcriber of this machine gets wrong, and how far the words
 * of a text without times are from where they are spoken, on the shared recordings. Clips of known words are joined, so
 * the start of each clip is known; in the long synthetic sermon, words that the transcriber heard are left out of what
 * the alignment may use, and their times are compared. The transcriber is that of a sermon: Deepgram with its key, else
 * the speech model in SELAH_MODELS_DIR, else PocketSphinx.
 *
 *   --long   also transcribes the sermon of 38 minutes
 */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { findSharedData } from '#harness/find-shared-data.ts'
import { wavHeader } from '#harness/media/make-wav.ts'
import { wordErrorRate } from '#harness/word-error-rate.ts'
import { envSchema } from '#lib/env.ts'
import { decodeToPcm } from '#lib/media/decode-to-pcm.ts'
import { measureLoudness } from '#lib/media/measure-loudness.ts'
import { alignToDraft } from '#lib/transcripts/align-to-draft.ts'
import { chooseTranscriber } from '#lib/transcripts/choose-transcriber.ts'
import { parsePlainText } from '#lib/transcripts/parse-plain-text.ts'
import type { Word } from '#lib/transcripts/transcript.ts'
import { spread } from '../measure/percentiles.ts'

const SAMPLE_RATE_HZ = 16_000
const WAV_HEADER_BYTES = 44
const PAUSE_MS = 300

type Row = {
  transcriber: string
  set: string
  words: number
  wordErrorRate?: number
  aligned?: string
  byPauses?: string
}

const settings = envSchema
  .pick({
    DEEPGRAM_API_KEY: true,
    DEEPGRAM_BASE_URL: true,
    SELAH_MODELS: true,
    SELAH_MODELS_DIR: true,
    SELAH_MODELS_MIRROR: true,
    SELAH_MODELS_MANIFEST: true,
  })
  .parse({ SELAH_MODELS: 'auto', ...process.env })
const transcriber = await chooseTranscriber(settings)
if (!transcriber) {
  throw new Error('No speech recogniser is installed: apt install pocketsphinx pocketsphinx-en-us.')
}
const { label, transcribe } = transcriber
const folder = await mkdtemp(path.join(tmpdir(), 'selah-bench-'))
try {
  const rows: Row[] = []
  for (const set of ['speech/ljspeech', 'speech/librivox-austen']) rows.push(await measureClips(set))
  if (process.argv.includes('--long')) rows.push(await measureSermon())
  if (process.argv.includes('--json')) console.log(JSON.stringify({ load: loadavg(), rows }))
  else console.table(rows)
} finally {
  await rm(folder, { recursive: true, force: true })
}

async function hear(filePath: string, durationMs: number) {
  const { silences } = await measureLoudness({ filePath })
  const { words } = await transcribe({ filePath, contentType: 'audio/wav', durationMs, silences })
  return { silences, words }
}

/** Joins the clips of a folder with short pauses. */
async function measureClips(set: string): Promise<Row> {
  const source = findSharedData(set)
  if (!source) throw new Error('The shared test data are missing. Set SELAH_SHARED_DIR.')
  const names = (await readdir(source)).filter((name) => name.endsWith('.wav')).toSorted()
  const parts: Buffer[] = []
  const starts: { word: number; startMs: number }[] = []
  const texts: string[] = []
  let bytes = 0
  for (const name of names) {
    const wavFile = path.join(folder, name)
    await decodeToPcm({
      filePath: path.join(source, name),
      outputFile: wavFile,
      sampleRateHz: SAMPLE_RATE_HZ,
    })
    const pcm = (await readFile(wavFile)).subarray(WAV_HEADER_BYTES)
    starts.push({ word: texts.length, startMs: toMs(bytes) })
    texts.push(
      ...(await readFile(path.join(source, name.replace(/wav$/, 'txt')), 'utf8'))
        .split(/\s+/)
        .filter(Boolean),
    )
    const pause = Buffer.alloc((PAUSE_MS * SAMPLE_RATE_HZ * 2) / 1000)
    parts.push(pcm, pause)
    bytes += pcm.length + pause.length
  }
  const filePath = path.join(folder, 'joined.wav')
  await writeFile(filePath, Buffer.concat([wavHeader(bytes, 1, SAMPLE_RATE_HZ), ...parts]))
  const durationMs = toMs(bytes)
  const { silences, words: draft } = await hear(filePath, durationMs)
  const errorsOf = (words: readonly Word[]) =>
    starts.map(({ word, startMs }) => Math.abs((words[word]?.startMs ?? Number.NaN) - startMs))
  const aligned = alignToDraft(texts, draft, { durationMs, silences })
  const byPauses = parsePlainText(texts.join(' '), { durationMs, silences })
  return {
    transcriber: label,
    set,
    words: texts.length,
    wordErrorRate: round(wordErrorRate(texts.join(' '), draft.map(({ text }) => text).join(' '))),
    aligned: aligned ? summarise(errorsOf(aligned.words)) : 'too few words agree',
    byPauses: summarise(errorsOf(byPauses.words)),
  }
}

async function measureSermon(): Promise<Row> {
  const filePath = findSharedData('speech/sermon-1-synthetic-flite-rms.mp3')
  const textFile = findSharedData('speech/sermon-1-synthetic-flite-rms.txt')
  if (!filePath || !textFile) throw new Error('The shared test data are missing. Set SELAH_SHARED_DIR.')
  const texts = (await readFile(textFile, 'utf8')).split(/\s+/).filter(Boolean)
  const { decodedDurationMs: durationMs } = await measureLoudness({ filePath })
  const { silences, words: draft } = await hear(filePath, durationMs)
  const audio = { durationMs, silences }
  const full = alignToDraft(texts, draft, audio)?.words ?? []
  // Only words whose time the recogniser gave can be compared.
  const heardAt = new Set(draft.map(({ startMs }) => startMs))
  const isLeftOut = (index: number) => Math.floor(index / 10) % 3 === 0
  const leftOut = new Set(draft.filter((_, index) => isLeftOut(index)).map(({ startMs }) => startMs))
  const kept = draft.filter((_, index) => !isLeftOut(index))
  const aligned = alignToDraft(texts, kept, audio)?.words ?? []
  const byPauses = parsePlainText(texts.join(' '), audio).words
  const errorsOf = (words: readonly Word[]) =>
    full.flatMap(({ startMs }, index) =>
      heardAt.has(startMs) && leftOut.has(startMs) ? [Math.abs((words[index]?.startMs ?? 0) - startMs)] : [],
    )
  return {
    transcriber: label,
    set: 'sermon-1 (synthetic)',
    words: texts.length,
    wordErrorRate: round(wordErrorRate(texts.join(' '), draft.map(({ text }) => text).join(' '))),
    aligned: summarise(errorsOf(aligned)),
    byPauses: summarise(errorsOf(byPauses)),
  }
}

function toMs(bytes: number): number {
  return Math.round((bytes * 1000) / (SAMPLE_RATE_HZ * 2))
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}

function summarise(errorsMs: number[]): string {
  const { p50, p95 } = spread(errorsMs)
  return `median ${p50} ms, p95 ${p95} ms (${errorsMs.length})`
}
