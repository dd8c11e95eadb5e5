/**
 * `npm run bench -- leveller [--to <folder>] [--json]`: measures ways to level a voice that wanders from its microphone,
 * on real speech whose level is made to drift: the product's own curve, two filters of FFmpeg, and none. All of them get
 * the product's gain, limiter and encoder afterwards. With `--to` the results are kept to be heard. Needs the shared
 * test data.
 */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { Decoder, Demuxer, FilterAPI } from 'node-av/api'
import { findSharedData } from '#harness/find-shared-data.ts'
import { decodeToPcm } from '#lib/media/decode-to-pcm.ts'
import { encodeLadder } from '#lib/media/encode-ladder.ts'
import { levelLoudness } from '#lib/media/level-loudness.ts'
import { measureLoudness } from '#lib/media/measure-loudness.ts'
import { probeMedia } from '#lib/media/probe-media.ts'

const RATE_HZ = 22_050
const MINUTES = 4
const PAUSE_MS = 400
/** The noise of a quiet room. */
const NOISE_DBFS = -62
const BLOCK_MS = 3000
/** Changes of the level in dB at a second. */
const drifts: Record<string, (second: number) => number> = {
  steady: () => 0,
  'slowly, ±6 dB': (second) => 6 * Math.sin((2 * Math.PI * second) / 50),
  'at once, 10 dB': (second) => (Math.floor(second / 30) % 2 === 0 ? 0 : -10),
}
/** Filters before the product's gain; null for none. The product's own curve is planned by its measurement. */
const ways: Record<string, string | null> = {
  none: null,
  'own curve': null,
  dynaudnorm: 'dynaudnorm=framelen=500:gausssize=31:maxgain=4',
  speechnorm: 'speechnorm=expansion=4:raise=0.0001:fall=0.0001:link=1',
}

const { values } = parseArgs({
  args: process.argv.slice(2),
  options: { to: { type: 'string' }, json: { type: 'boolean' } },
})
const folder = await mkdtemp(path.join(tmpdir(), 'selah-bench-'))
try {
  const { speech, pauses } = await readSpeech()
  const rows = []
  for (const [drift, changeDb] of Object.entries(drifts)) {
    const recording = path.join(folder, `${fileName(drift)}.wav`)
    await writeFile(recording, toWav(addDrift(speech, changeDb)))
    for (const [way, filter] of Object.entries(ways)) {
      rows.push({ drift, way, ...(await measureWay(recording, { way, filter, pauses })) })
    }
  }
  if (values.json) console.log(JSON.stringify(rows))
  else {
    console.log('| drift | way | LUFS | LRA | voice, p5 to p95 dB | pauses below the voice, dB | filter, s |')
    console.log('|---|---|--:|--:|--:|--:|--:|')
    for (const { drift, way, lufs, range, spreadDb, pausesDb, filterSeconds } of rows) {
      const figures = [lufs, range, spreadDb, pausesDb].map((value) => value.toFixed(1)).join(' | ')
      console.log(`| ${drift} | ${way} | ${figures} | ${filterSeconds.toFixed(1)} |`)
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}

type Span = { startMs: number; endMs: number }

async function measureWay(
  recording: string,
  { way, filter, pauses }: { way: string; filter: string | null; pauses: readonly Span[] },
) {
  const name = `${path.basename(recording, '.wav')}-${fileName(way)}`
  const filePath = filter === null ? recording : path.join(folder, `${name}.wav`)
  const startedAt = process.cpuUsage()
  if (filter !== null) await applyFilter(recording, filePath, filter)
  const used = process.cpuUsage(startedAt)
  const probe = await probeMedia({ filePath })
  const measurement = await measureLoudness({ filePath, probe })
  const gain = levelLoudness(way === 'own curve' ? measurement : { ...measurement, levelled: null })
  const outputDir = path.join(folder, name)
  const ladder = await encodeLadder({
    ...{ filePath, outputDir, probe, durationMs: measurement.decodedDurationMs },
    ...gain,
  })
  if (values.to) {
    await mkdir(values.to, { recursive: true })
    await cp(ladder.downloadFile, path.join(values.to, `${name}.m4a`))
  }
  const heard = ladder.renditions[0]?.mediaFile ?? ''
  const { integratedLufs, loudnessRangeLu } = await measureLoudness({ filePath: heard })
  const pcmFile = path.join(outputDir, 'heard.wav')
  await decodeToPcm({ filePath: heard, outputFile: pcmFile, sampleRateHz: RATE_HZ })
  const samples = readSamples(await readFile(pcmFile))
  return {
    lufs: integratedLufs,
    range: loudnessRangeLu,
    ...compareLevels(samples, pauses),
    filterSeconds: (used.user + used.system) / 1e6,
  }
}

/** How far the level of the voice spreads, and how far the pauses are below it. */
function compareLevels(samples: Float32Array, pauses: readonly Span[]) {
  const at = (ms: number) => Math.round((ms * RATE_HZ) / 1000)
  const isPause = new Uint8Array(samples.length)
  for (const { startMs, endMs } of pauses) isPause.fill(1, at(startMs), at(endMs))
  const voice: number[] = []
  const noise: number[] = []
  for (let from = 0; from + at(BLOCK_MS) <= samples.length; from += at(BLOCK_MS)) {
    const sums = [0, 0]
    const counts = [0, 0]
    for (let index = from; index < from + at(BLOCK_MS); index += 1) {
      const kind = isPause[index] ?? 0
      sums[kind] = (sums[kind] ?? 0) + (samples[index] ?? 0) ** 2
      counts[kind] = (counts[kind] ?? 0) + 1
    }
    const level = (kind: 0 | 1) => 10 * Math.log10((sums[kind] ?? 0) / (counts[kind] || 1) + 1e-12)
    voice.push(level(0))
    if ((counts[1] ?? 0) > at(PAUSE_MS) / 2) noise.push(level(1))
  }
  const share = (values: number[], part: number) =>
    values.toSorted((one, other) => one - other)[Math.floor((values.length - 1) * part)] ?? 0
  return {
    spreadDb: share(voice, 0.95) - share(voice, 0.05),
    pausesDb: share(voice, 0.5) - share(noise, 0.5),
  }
}

/** The shared clips of one reader, one after the other with pauses, until the recording is long enough. */
async function readSpeech(): Promise<{ speech: Float32Array; pauses: Span[] }> {
  const clips = findSharedData('speech/ljspeech')
  if (!clips) throw new Error('The shared test data is needed for this measurement.')
  const files = (await readdir(clips)).filter((file) => file.endsWith('.wav')).sort()
  const parts: Float32Array[] = []
  for (const file of files) {
    const outputFile = path.join(folder, file)
    await decodeToPcm({ filePath: path.join(clips, file), outputFile, sampleRateHz: RATE_HZ })
    parts.push(readSamples(await readFile(outputFile)))
  }
  const speech = new Float32Array(MINUTES * 60 * RATE_HZ)
  const pauses: Span[] = []
  let at = 0
  for (let clip = 0; at < speech.length; clip += 1) {
    const part = parts[clip % parts.length] ?? new Float32Array(RATE_HZ)
    speech.set(part.subarray(0, speech.length - at), at)
    at += part.length
    // Inside the pause, away from the ends of the words.
    const startMs = (at / RATE_HZ) * 1000 + 60
    pauses.push({ startMs, endMs: startMs + PAUSE_MS - 120 })
    at += Math.round((PAUSE_MS * RATE_HZ) / 1000)
  }
  return { speech, pauses }
}

/** The voice with its drift at half of its level, in the noise of a room, which does not drift. */
function addDrift(speech: Float32Array, changeDb: (second: number) => number): Float32Array {
  let state = 1
  const noise = 10 ** (NOISE_DBFS / 20)
  return speech.map((sample, index) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (
      0.5 * sample * 10 ** (changeDb(index / RATE_HZ) / 20) + noise * Math.sqrt(3) * (state / 2 ** 31 - 1)
    )
  })
}

async function applyFilter(inputFile: string, outputFile: string, description: string): Promise<void> {
  const demuxer = Demuxer.openSync(inputFile)
  const [stream] = demuxer.streams
  if (!stream) throw new Error('There is no sound.')
  const decoder = Decoder.createSync(stream)
  const filter = FilterAPI.create(`${description},aformat=sample_fmts=s16:sample_rates=${RATE_HZ}`)
  const chunks: Buffer[] = []
  const drain = () => {
    for (let out = filter.receiveSync(); out; out = filter.receiveSync()) {
      const bytes = out.data?.[0]
      if (bytes) chunks.push(Buffer.from(bytes.subarray(0, out.nbSamples * 2)))
      out.free()
    }
  }
  for (const frame of decoder.framesSync(demuxer.packetsSync(stream.index))) {
    if (!frame) break
    filter.processSync(frame)
    drain()
    frame.free()
  }
  filter.flushSync()
  drain()
  filter.close()
  demuxer.closeSync()
  const bytes = Buffer.concat(chunks)
  await writeFile(
    outputFile,
    toWav(
      Float32Array.from({ length: bytes.length / 2 }, (_, index) => bytes.readInt16LE(index * 2) / 32_768),
    ),
  )
}

function readSamples(wav: Buffer): Float32Array {
  const bytes = wav.subarray(44)
  return Float32Array.from({ length: bytes.length / 2 }, (_, index) => bytes.readInt16LE(index * 2) / 32_768)
}

function toWav(samples: Float32Array): Buffer {
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + samples.length * 2, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(RATE_HZ, 24)
  header.writeUInt32LE(RATE_HZ * 2, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(samples.length * 2, 40)
  const body = Buffer.alloc(samples.length * 2)
  for (const [index, sample] of samples.entries()) {
    body.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), index * 2)
  }
  return Buffer.concat([header, body])
}

function fileName(text: string): string {
  return text.replace(/[^\w]+/g, '-').replace(/-$/, '')
}
