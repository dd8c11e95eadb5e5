import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { findSharedData } from '#harness/find-shared-data.ts'
import { makeWav } from '#harness/media/make-wav.ts'
import { decodeToPcm } from '#lib/media/decode-to-pcm.ts'

const DURATION_MS = 900_000
const HEADER_BYTES = 44
/** How much later and quieter the right channel is, as from a second microphone. */
const RIGHT_DELAY_SAMPLES = 300
const RIGHT_GAIN = 0.8

/** Writes 15 minutes of speech in mono and stereo of 44.1 kHz and in mono of 16 kHz. Returns their paths. */
export async function makeRecordings(folder: string): Promise<string[]> {
  const speech = findSharedData('speech/sermon-1-synthetic-flite-rms.mp3') ?? (await generateSpeech(folder))
  const monoOf = async (sampleRateHz: number): Promise<string> => {
    const outputFile = path.join(folder, `mono-${sampleRateHz}.wav`)
    await decodeToPcm({
      ...{ filePath: speech, outputFile, sampleRateHz },
      cut: { startMs: 0, endMs: DURATION_MS },
    })
    return outputFile
  }
  const mono = await monoOf(44_100)
  const stereo = path.join(folder, 'stereo-44100.wav')
  await writeFile(stereo, addSecondMicrophone(await readFile(mono)))
  return [mono, stereo, await monoOf(16_000)]
}

function addSecondMicrophone(mono: Buffer): Buffer {
  const samples = mono.subarray(HEADER_BYTES)
  const stereo = Buffer.alloc(HEADER_BYTES + samples.length * 2)
  makeWav({ durationMs: DURATION_MS, channels: 2, sampleRateHz: 44_100 }).copy(stereo, 0, 0, HEADER_BYTES)
  for (let offset = 0; offset < samples.length; offset += 2) {
    const earlier = offset - RIGHT_DELAY_SAMPLES * 2
    const right = earlier < 0 ? 0 : Math.round(samples.readInt16LE(earlier) * RIGHT_GAIN)
    stereo.writeInt16LE(samples.readInt16LE(offset), HEADER_BYTES + offset * 2)
    stereo.writeInt16LE(right, HEADER_BYTES + offset * 2 + 2)
  }
  return stereo
}

async function generateSpeech(folder: string): Promise<string> {
  const file = path.join(folder, 'generated.wav')
  await writeFile(file, makeWav({ durationMs: DURATION_MS, sampleRateHz: 44_100 }))
  return file
}
