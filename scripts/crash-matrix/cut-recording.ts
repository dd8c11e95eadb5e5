import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { wavHeader } from '#harness/media/make-wav.ts'
import { decodeToPcm } from '#lib/media/decode-to-pcm.ts'
import type { Cue } from '#lib/transcripts/cue.ts'
import { parseCaptions } from '#lib/transcripts/parse-captions.ts'

const sample = path.resolve(import.meta.dirname, '../../samples/no-man-is-an-island')
export type SpokenWord = { text: string; startMs: number; endMs: number }

export interface Recording {
  audioFile: string
  captionsFile: string
  /** The same words without times. */
  textFile: string
  words: SpokenWord[]
}

/** Makes a short recording with exact captions from the beginning of a sample sermon, in a new folder. */
export async function cutRecording(folder: string, lengthMs: number): Promise<Recording> {
  await mkdir(folder)
  const wholeFile = path.join(folder, 'whole.wav')
  await decodeToPcm({ filePath: path.join(sample, 'audio.mp3'), outputFile: wholeFile })
  const audioFile = path.join(folder, 'recording.wav')
  await writeFile(audioFile, cutWav(await readFile(wholeFile), lengthMs))
  await rm(wholeFile)

  const captions = await readFile(path.join(sample, 'transcript.vtt'), 'utf8')
  const [heading = '', ...blocks] = captions.trim().split(/\n\n+/)
  const cues = parseCaptions(captions)
  const kept = cues.filter(({ endMs }) => endMs < lengthMs)
  const captionsFile = path.join(folder, 'captions.vtt')
  await writeFile(captionsFile, `${[heading, ...blocks.slice(0, kept.length)].join('\n\n')}\n`)
  const words = kept.flatMap(spreadWords)
  const textFile = path.join(folder, 'words.txt')
  await writeFile(textFile, `${words.map(({ text }) => text).join(' ')}\n`)
  return { audioFile, captionsFile, textFile, words }
}

/** Returns the beginning of a 16-bit mono WAV file as a WAV file. */
function cutWav(whole: Buffer, keptMs: number): Buffer {
  const dataAt = whole.indexOf('data', 12, 'latin1') + 8
  const sampleRateHz = whole.readUInt32LE(24)
  const sound = whole.subarray(dataAt, dataAt + Math.round((sampleRateHz * keptMs) / 1000) * 2)
  return Buffer.concat([wavHeader(sound.length, 1, sampleRateHz), sound])
}

function spreadWords({ lines, startMs, endMs }: Cue): SpokenWord[] {
  const words = lines
    .join(' ')
    .split(/\s+/)
    .filter((word) => word !== '')
  const shareMs = (endMs - startMs) / words.length
  return words.map((word, index) => ({
    text: word,
    startMs: startMs + index * shareMs,
    endMs: startMs + (index + 1) * shareMs,
  }))
}
