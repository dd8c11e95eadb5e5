import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runProgram } from './run-program.ts'

export const SAMPLE_RATE = 16_000
/** Below this a sample counts as silence; the noise of the voices is well below it. */
const QUIET = 250
const EDGE_MS = 15

/** Speaks the text as 16 kHz mono sound that starts and ends with its first and last audible sample. */
export async function speak(text: string, voice: string): Promise<Int16Array> {
  const folder = await mkdtemp(join(tmpdir(), 'selah-voice-'))
  try {
    const [input, output] = [join(folder, 'text'), join(folder, 'speech.wav')]
    await writeFile(input, prepareForVoice(text))
    await runProgram('flite', ['-voice', voice, '--setf', 'duration_stretch=1.06', '-f', input, '-o', output])
    return trim(samplesOfWav(await readFile(output)))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export function silence(ms: number): Int16Array {
  return new Int16Array(Math.round((ms * SAMPLE_RATE) / 1000))
}

/** Replaces characters that the voice reads aloud or pronounces wrongly. */
function prepareForVoice(text: string): string {
  return text.replaceAll('—', ', ').replace(/["“”]/g, '').replaceAll('’', "'")
}

function samplesOfWav(wav: Buffer): Int16Array {
  const rate = wav.readUInt32LE(24)
  if (rate !== SAMPLE_RATE)
    throw new Error(`The voice has a rate of ${rate} Hz instead of ${SAMPLE_RATE} Hz.`)
  const data = wav.indexOf('data', 36, 'latin1') + 8
  const bytes = wav.subarray(data, data + Math.floor((wav.length - data) / 2) * 2)
  return new Int16Array(Uint8Array.from(bytes).buffer)
}

function trim(samples: Int16Array): Int16Array {
  const first = samples.findIndex((value) => Math.abs(value) > QUIET)
  const last = samples.findLastIndex((value) => Math.abs(value) > QUIET)
  if (first < 0) throw new Error('The voice is silent.')
  const edge = (EDGE_MS * SAMPLE_RATE) / 1000
  return samples.slice(Math.max(0, first - edge), last + edge)
}
