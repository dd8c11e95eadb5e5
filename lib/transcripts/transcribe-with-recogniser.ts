import { mkdtemp, open, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { mapConcurrently } from '#lib/concurrency/map-concurrently.ts'
import { decodeToPcm } from '#lib/media/decode-to-pcm.ts'
import type { Recogniser } from './find-recogniser.ts'
import { orderWordTimes } from './order-word-times.ts'
import { parseRecogniserLine } from './parse-recogniser-output.ts'
import { type Chunk, planChunks } from './plan-chunks.ts'
import { runRecogniser } from './run-recogniser.ts'
import { segmentSentences } from './segment-sentences.ts'
import type { TranscribeInput } from './transcriber.ts'
import { TranscriberError } from './transcriber-error.ts'
import type { Transcript, Word } from './transcript.ts'

const SAMPLE_RATE_HZ = 16_000
const BYTES_PER_MS = (SAMPLE_RATE_HZ * 2) / 1000
const WAV_HEADER_BYTES = 44
// The measured share of decoding in the total time.
const DECODING_SHARE = 0.03
const MAX_PARALLEL = 2
// An utterance ends after 0.2 s of quiet instead of 0.5 s: a fluent reader may not pause longer for minutes, and
// the recogniser's time and memory (500 MB seen) grow with the length of an utterance. Accuracy is the same.
const OPTIONS = ['-time', 'yes', '-logfn', '/dev/null', '-vad_postspeech', '20']

/**
 * Transcribes a recording with the recogniser on this machine: English only, without punctuation, and of an
 * accuracy (a quarter of the words wrong for clear reading) that is only good enough for a draft. Long recordings
 * are cut at pauses and two parts are processed at a time. Takes about a third of the duration per core.
 * Throws TranscriberError, or AppError `media.*` when the recording cannot be read. Aborting kills it immediately
 * and leaves no process and no file.
 */
export async function transcribeWithRecogniser(
  recogniser: Recogniser,
  input: TranscribeInput,
): Promise<Transcript> {
  const language = input.language ?? 'en'
  if (!/^en\b/i.test(language)) throw new TranscriberError('transcriber.language')
  const directory = await mkdtemp(path.join(os.tmpdir(), 'selah-speech-'))
  const stop = new AbortController()
  const signal = input.signal ? AbortSignal.any([input.signal, stop.signal]) : stop.signal
  try {
    const wavFile = path.join(directory, 'speech.wav')
    const { decodedDurationMs } = await decodeToPcm({
      filePath: input.filePath,
      outputFile: wavFile,
      sampleRateHz: SAMPLE_RATE_HZ,
      signal,
      onProgress: (share) => input.onProgress?.(share * DECODING_SHARE),
    })
    const chunks = planChunks(decodedDurationMs, input.silences ?? [])
    const done = chunks.map(() => 0)
    const report = (index: number, doneMs: number) => {
      done[index] = Math.max(done[index] ?? 0, doneMs)
      const share = done.reduce((sum, ms) => sum + ms, 0) / decodedDurationMs
      input.onProgress?.(DECODING_SHARE + (1 - DECODING_SHARE) * Math.min(1, share))
    }
    const found = await mapConcurrently(chunks, MAX_PARALLEL, async (chunk, index) => {
      try {
        const chunkFile =
          chunks.length === 1 ? wavFile : await cutWav(wavFile, path.join(directory, `${index}.wav`), chunk)
        const words = await recognise(recogniser, chunkFile, chunk, signal, (doneMs) => report(index, doneMs))
        report(index, chunk.endMs - chunk.startMs)
        return words
      } catch (error) {
        // The other recognisers end now: their words would not be used.
        stop.abort(error)
        throw error
      }
    })
    const words = orderWordTimes(found.flat())
    if (words.length === 0) throw new TranscriberError('transcriber.no_speech')
    return {
      source: 'recogniser',
      language,
      isDraft: true,
      timing: 'words',
      words,
      sentences: segmentSentences(words),
    }
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

async function recognise(
  recogniser: Recogniser,
  wavFile: string,
  chunk: Chunk,
  signal: AbortSignal,
  onDone: (doneMs: number) => void,
): Promise<Word[]> {
  const words: Word[] = []
  await runRecogniser({
    command: recogniser.command,
    args: [...OPTIONS, '-infile', wavFile],
    durationMs: chunk.endMs - chunk.startMs,
    signal,
    onLine: (line) => {
      const word = parseRecogniserLine(line, chunk.startMs)
      if (!word) return
      words.push(word)
      onDone(word.endMs - chunk.startMs)
    },
  })
  return words
}

/** Copies a part of a 16-bit mono WAV file into a separate file. */
async function cutWav(from: string, to: string, chunk: Chunk): Promise<string> {
  const source = await open(from, 'r')
  const target = await open(to, 'wx')
  try {
    const header = Buffer.alloc(WAV_HEADER_BYTES)
    await source.read(header, 0, WAV_HEADER_BYTES, 0)
    let position = WAV_HEADER_BYTES + Math.round(chunk.startMs * BYTES_PER_MS)
    const endPosition = WAV_HEADER_BYTES + Math.round(chunk.endMs * BYTES_PER_MS)
    const block = Buffer.alloc(1 << 20)
    let written = 0
    await target.write(header)
    while (position < endPosition) {
      const { bytesRead } = await source.read(
        block,
        0,
        Math.min(block.length, endPosition - position),
        position,
      )
      if (bytesRead === 0) break
      await target.write(block, 0, bytesRead)
      position += bytesRead
      written += bytesRead
    }
    header.writeUInt32LE(36 + written, 4)
    header.writeUInt32LE(written, 40)
    await target.write(header, 0, WAV_HEADER_BYTES, 0)
    return to
  } finally {
    await Promise.all([source.close(), target.close()])
  }
}
