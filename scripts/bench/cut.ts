/**
 * `npm run bench -- cut [--tuning] [--json]`: how close the proposed start and end of the sermon are to the true ones, on
 * services that are made of real and synthetic speech, music, noise and silence. They are not those on which the rules
 * were chosen: they have other voices, and sounds that those do not have. With `--tuning` those are measured too. Needs
 * the shared test data.
 */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { findSharedData } from '#harness/find-shared-data.ts'
import { randomNumbers } from '#harness/random-numbers.ts'
import { proposePart } from '#lib/cuts/propose-part.ts'
import { decodeToPcm } from '#lib/media/decode-to-pcm.ts'
import { detectSpeech } from '#lib/transcripts/detect-speech.ts'

const RATE_HZ = 16_000
const SERVICES = 8
const DOUBLE = 2 ** 31
/** The formants of “ah” and “oh” in Hz. */
const formants = [
  [730, 1090, 2440],
  [570, 840, 2410],
]

type Random = (from: number, to: number) => number
type Sound = Float32Array<ArrayBuffer>

const { values } = parseArgs({
  args: process.argv.slice(2),
  options: { tuning: { type: 'boolean', default: false }, json: { type: 'boolean' } },
})
const folder = await mkdtemp(path.join(tmpdir(), 'selah-bench-'))
try {
  for (const set of values.tuning ? (['tuning', 'held-out'] as const) : (['held-out'] as const)) {
    const voices = await readVoices(set)
    const rows: Row[] = []
    for (let number = 0; number < SERVICES; number += 1) {
      rows.push(await measureService(makeService(voices, set, number)))
    }
    report(set, rows)
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}

type Set = 'tuning' | 'held-out'
type Service = { description: string; sound: Sound; startMs: number; endMs: number }
type Row = { service: string; startErrorMs: number; endErrorMs: number; realTimeFactor: number }

async function measureService(service: Service): Promise<Row> {
  const filePath = path.join(folder, 'service.wav')
  await writeFile(filePath, toWav(service.sound))
  const began = performance.now()
  const { speech, durationMs } = await detectSpeech({ filePath })
  const tookMs = performance.now() - began
  const part = proposePart(speech, durationMs) ?? { startMs: 0, endMs: durationMs }
  const row = {
    service: service.description,
    startErrorMs: part.startMs - service.startMs,
    endErrorMs: part.endMs - service.endMs,
    realTimeFactor: tookMs / durationMs,
  }
  if (!values.json) {
    console.log(`| ${row.service} | ${seconds(row.startErrorMs)} | ${seconds(row.endErrorMs)} |`)
  }
  return row
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1)
}

function report(set: Set, rows: readonly Row[]): void {
  if (values.json) {
    console.log(JSON.stringify({ set, rows }))
    return
  }
  for (const edge of ['startErrorMs', 'endErrorMs'] as const) {
    const sizes = rows.map((row) => Math.abs(row[edge])).toSorted((one, other) => one - other)
    const at = (share: number) => seconds(sizes[Math.floor((sizes.length - 1) * share)] ?? 0)
    console.log(`${set}, ${edge}: median ${at(0.5)} s, largest ${at(1)} s`)
  }
  // What is lost of the sermon cannot be heard; what is too much can.
  const lost = rows.filter(({ startErrorMs, endErrorMs }) => startErrorMs > 300 || endErrorMs < -300)
  const factors = rows.map(({ realTimeFactor }) => realTimeFactor)
  const factor = factors.reduce((sum, each) => sum + each, 0) / rows.length
  console.log(`${set}: words lost in ${lost.length} of ${rows.length}; real-time factor ${factor.toFixed(3)}`)
}

type Voices = { sermon: Sound[]; real: Sound[]; other: Sound[] }

/** Tuning and measuring use other halves of the synthetic sermon and other readers. */
async function readVoices(set: Set): Promise<Voices> {
  const read = async (name: string): Promise<Sound[]> => {
    const found = findSharedData(name)
    if (!found) throw new Error('The shared test data is needed for this measurement.')
    const files = name.includes('.') ? [found] : (await readdir(found)).map((file) => path.join(found, file))
    const sounds: Sound[] = []
    for (const filePath of files.filter((file) => /\.(wav|mp3)$/.test(file)).sort()) {
      const outputFile = path.join(folder, `${set}-${path.basename(filePath)}.pcm.wav`)
      await decodeToPcm({ filePath, outputFile, sampleRateHz: RATE_HZ })
      const bytes = (await readFile(outputFile)).subarray(44)
      const sound = Float32Array.from(
        { length: bytes.length / 2 },
        (_, index) => bytes.readInt16LE(index * 2) / 32_768,
      )
      sounds.push(atLevel(sound, -24))
    }
    return sounds
  }
  const [synthetic = new Float32Array(0)] = await read('speech/sermon-1-synthetic-flite-rms.mp3')
  const half = Math.floor(synthetic.length / 2)
  const first = await read('speech/ljspeech')
  const second = [...(await read('speech/librivox-austen')), ...(await read('speech/jfk.wav'))]
  return set === 'tuning'
    ? { sermon: [synthetic.slice(0, half)], real: first, other: second }
    : { sermon: [synthetic.slice(half)], real: second, other: first }
}

function makeService(voices: Voices, set: Set, number: number): Service {
  const below = randomNumbers((set === 'tuning' ? 1000 : 7000) + number)
  const random: Random = (from, to) => from + (below(1_000_000) / 1_000_000) * (to - from)
  const pick = <Item>(items: readonly Item[], fallback: Item): Item => items[below(items.length)] ?? fallback
  const kinds =
    set === 'tuning' ? (['organ', 'band'] as const) : (['organ', 'band', 'piano', 'choir'] as const)
  const parts: { name: string; sound: Sound }[] = []
  const add = (name: string, sound: Sound) => parts.push({ name, sound })
  const silence = () => add('silence', new Float32Array(Math.round(random(4, 25) * RATE_HZ)))
  const music = () => {
    const kind = pick(kinds, 'organ')
    add(kind, atLevel(playMusic(kind, random(20, 60), random), random(-30, -20)))
  }
  const talk = (clips: readonly Sound[], lengthS: number) => joinClips(clips, lengthS, { random, pick })
  silence()
  if (random(0, 1) < 0.75) music()
  if (random(0, 1) < 0.5) {
    add('notices', talk(voices.other, random(15, 45)))
    if (random(0, 1) < 0.3) silence()
    else music()
  }
  if (set === 'held-out' && random(0, 1) < 0.25)
    add('murmur', murmur(voices.other, random(20, 40), { random, pick }))
  const before = parts.reduce((sum, { sound }) => sum + sound.length, 0)
  const isReal = random(0, 1) < 0.5
  const lengthS = random(90, 180)
  const [synthetic = new Float32Array(0)] = voices.sermon
  const from = Math.floor(random(0, synthetic.length - lengthS * RATE_HZ))
  const sermon = isReal
    ? talk(voices.real, lengthS)
    : trimSilence(synthetic.slice(from, from + Math.round(lengthS * RATE_HZ)))
  add(isReal ? 'sermon (real voices)' : 'sermon (synthetic voice)', sermon)
  const after = before + sermon.length
  if (random(0, 1) < 0.3) silence()
  music()
  if (random(0, 1) < 0.5) add('blessing', talk(voices.other, random(6, 12)))
  silence()
  const sound = new Float32Array(parts.reduce((sum, part) => sum + part.sound.length, 0))
  let at = 0
  for (const part of parts) {
    sound.set(part.sound, at)
    at += part.sound.length
  }
  const noise = 10 ** (random(-66, -50) / 20)
  return {
    description: parts.map(({ name }) => name).join(', '),
    sound: sound.map((sample) => sample + noise * ((below(DOUBLE) / DOUBLE) * 2 - 1) * Math.sqrt(3)),
    startMs: (before / RATE_HZ) * 1000,
    endMs: (after / RATE_HZ) * 1000,
  }
}

type Chance = { random: Random; pick: <Item>(items: readonly Item[], fallback: Item) => Item }

/** Clips with the pauses of a speaker: most short, a few of several seconds. It begins and ends with speech. */
function joinClips(clips: readonly Sound[], lengthS: number, { random, pick }: Chance): Sound {
  const parts: Sound[] = []
  let length = 0
  while (length < lengthS * RATE_HZ) {
    const clip = trimSilence(pick(clips, new Float32Array(0)))
    const pauseS = random(0, 1) < 0.08 ? random(3, 8) : random(0.3, 1.5)
    if (length > 0) parts.push(new Float32Array(Math.round(pauseS * RATE_HZ)))
    parts.push(clip)
    length += clip.length + pauseS * RATE_HZ
  }
  const joined = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

/** Many people who talk at the same time, far from the microphone. */
function murmur(clips: readonly Sound[], lengthS: number, chance: Chance): Sound {
  const mixed = new Float32Array(Math.round(lengthS * RATE_HZ))
  for (let voice = 0; voice < 8; voice += 1) {
    const talk = joinClips(clips, lengthS, chance)
    for (let index = 0; index < mixed.length; index += 1)
      mixed[index] = (mixed[index] ?? 0) + (talk[index] ?? 0)
  }
  return atLevel(mixed, -42)
}

function trimSilence(sound: Sound): Sound {
  const isLoud = (sample: number) => Math.abs(sample) > 0.02
  const first = sound.findIndex(isLoud)
  return sound.slice(Math.max(0, first), sound.findLastIndex(isLoud) + 1)
}

function playMusic(kind: 'organ' | 'band' | 'piano' | 'choir', lengthS: number, random: Random): Sound {
  const sound = new Float32Array(Math.round(lengthS * RATE_HZ))
  const roots = [0, 5, 7, 9, 4, 2]
  const beatS = kind === 'organ' ? random(1.2, 2) : random(0.4, 0.7)
  for (let atS = 0; atS < lengthS; atS += beatS) {
    const root = 146.8 * 2 ** ((roots[Math.floor(random(0, roots.length))] ?? 0) / 12)
    const holdS = kind === 'choir' ? beatS * 0.92 : beatS
    for (const interval of [0, 4, 7, 12]) {
      addNote(sound, { kind, hz: root * 2 ** (interval / 12) * random(0.998, 1.002), atS, holdS }, random)
    }
    if (kind === 'band') {
      const from = Math.round(atS * RATE_HZ)
      for (let index = 0; index < RATE_HZ / 8; index += 1) {
        const decay = Math.exp((-25 * index) / RATE_HZ)
        sound[from + index] = (sound[from + index] ?? 0) + random(-1, 1) * decay * 1.5
      }
    }
  }
  return sound
}

function addNote(
  sound: Sound,
  { kind, hz, atS, holdS }: { kind: string; hz: number; atS: number; holdS: number },
  random: Random,
): void {
  const from = Math.round(atS * RATE_HZ)
  const count = Math.min(sound.length - from, Math.round(holdS * RATE_HZ))
  const vowel = formants[Math.floor(random(0, 2))] ?? []
  const phase = random(0, 6)
  const harmonics = Array.from({ length: 14 }, (_, index) => index + 1).filter((each) => each * hz < 3600)
  const strengths = harmonics.map((each) =>
    kind === 'choir'
      ? vowel.reduce((sum, formant) => sum + 1 / (1 + ((each * hz - formant) / 90) ** 2), 0.03) / each ** 0.3
      : 1 / each ** (kind === 'organ' ? 0.9 : 1.4),
  )
  for (let index = 0; index < count; index += 1) {
    const second = index / RATE_HZ
    const vibrato = kind === 'choir' ? 1 + 0.006 * Math.sin(2 * Math.PI * 5.5 * second + phase) : 1
    const swell = Math.min(1, second * 25, (holdS - second) * 25)
    const decay = kind === 'piano' || kind === 'band' ? Math.exp(-2.5 * second) : 1
    let value = 0
    for (const [place, each] of harmonics.entries()) {
      value += (strengths[place] ?? 0) * Math.sin(2 * Math.PI * hz * each * second * vibrato + phase * each)
    }
    sound[from + index] = (sound[from + index] ?? 0) + value * swell * decay
  }
}

/** The same sound with this mean power, in dB under full scale. */
function atLevel(sound: Sound, db: number): Sound {
  const power = sound.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, sound.length)
  const gain = 10 ** (db / 20) / Math.sqrt(power || 1)
  return sound.map((sample) => sample * gain)
}

function toWav(sound: Sound): Buffer {
  const bytes = Buffer.alloc(44 + sound.length * 2)
  bytes.write('RIFF', 0, 'latin1')
  bytes.writeUInt32LE(36 + sound.length * 2, 4)
  bytes.write('WAVEfmt ', 8, 'latin1')
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(RATE_HZ, 24)
  bytes.writeUInt32LE(RATE_HZ * 2, 28)
  bytes.writeUInt16LE(2, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36, 'latin1')
  bytes.writeUInt32LE(sound.length * 2, 40)
  for (const [index, sample] of sound.entries()) {
    bytes.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), 44 + index * 2)
  }
  return bytes
}
