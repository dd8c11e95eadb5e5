import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findSharedData } from '#harness/find-shared-data.ts'
import { makeWav } from '#harness/media/make-wav.ts'
import { decodeToPcm } from './decode-to-pcm.ts'
import { type EncodedLadder, encodeLadder } from './encode-ladder.ts'
import { writeId3Tag } from './id3-tag.ts'
import { levelLoudness } from './level-loudness.ts'
import { measureLoudness } from './measure-loudness.ts'
import { probeMedia } from './probe-media.ts'

let directory: string

beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'selah-test-'))
})

afterAll(async () => {
  await rm(directory, { recursive: true, force: true })
})

async function prepare(filePath: string, name: string) {
  const probe = await probeMedia({ filePath })
  const measurement = await measureLoudness({ filePath })
  const gain = levelLoudness(measurement)
  const ladder = await encodeLadder({
    filePath,
    outputDir: path.join(directory, name),
    ...gain,
    durationMs: measurement.decodedDurationMs,
    probe,
    tags: { title: 'The Immutability of God', artist: 'C. H. Spurgeon' },
  })
  return { probe, measurement, gain, ladder }
}

async function expectPlayableLadder(ladder: EncodedLadder, durationMs: number) {
  for (const rendition of ladder.renditions) {
    const { init, segments } = rendition.playlist
    let offset = init.sizeBytes
    expect(init.offset).toBe(0)
    for (const segment of segments) {
      expect(segment.offset).toBe(offset)
      offset += segment.sizeBytes
    }
    expect(offset, `${rendition.name}: the byte ranges tile the file`).toBe(
      (await readFile(rendition.mediaFile)).length,
    )
    expect(rendition.bandwidthBps).toBeGreaterThan(rendition.bitrateBps * 0.9)
    expect(rendition.bandwidthBps).toBeLessThan(rendition.bitrateBps * 1.3)

    const pcm = await decodeToPcm({ filePath: rendition.mediaFile, outputFile: `${rendition.mediaFile}.wav` })
    expect(Math.abs(pcm.decodedDurationMs - durationMs), `${rendition.name} decodes whole`).toBeLessThan(100)
  }
}

describe('a quiet stereo recording', () => {
  it('is encoded at -16 LUFS in three renditions, each of which plays to the end', async () => {
    const filePath = path.join(directory, 'stereo.wav')
    await writeFile(filePath, makeWav({ durationMs: 13_000, level: 0.06, channels: 2, sampleRateHz: 44_100 }))
    const { probe, measurement, gain, ladder } = await prepare(filePath, 'stereo')
    expect(probe).toMatchObject({ durationMs: 13_000, container: 'wav', channels: 2, sampleRateHz: 44_100 })
    expect(ladder.renditions.map(({ name }) => name)).toEqual(['96k', '48k', '128k'])
    await expectPlayableLadder(ladder, 13_000)
    const measured = await measureLoudness({ filePath: ladder.renditions[0]?.mediaFile ?? '' })
    expect(Math.abs(measured.integratedLufs - -16)).toBeLessThan(0.5)
    for (const { mediaFile } of ladder.renditions) expect(await truePeakDb(mediaFile)).toBeLessThanOrEqual(-1)
    expect(gain.gainDb).toBeCloseTo(-16 - measurement.integratedLufs, 0)

    const download = await probeMedia({ filePath: ladder.downloadFile })
    expect(download.tags).toMatchObject({ title: 'The Immutability of God', artist: 'C. H. Spurgeon' })
    expect(
      (await readFile(ladder.downloadFile)).subarray(0, 4096).includes('moov'),
      'the index comes first',
    ).toBe(true)
  })

  it('has its pauses and its waveform', async () => {
    const filePath = path.join(directory, 'pauses.wav')
    await writeFile(filePath, makeWav({ durationMs: 9000, level: 0.3 }))
    const { silences, peaks } = await measureLoudness({ filePath })
    expect(silences).toHaveLength(3)
    for (const [index, silence] of silences.entries()) {
      expect(Math.abs(silence.startMs - (index * 3000 + 2400))).toBeLessThanOrEqual(60)
      expect(Math.abs(silence.endMs - (index * 3000 + 3000))).toBeLessThanOrEqual(60)
    }
    expect(Math.max(...peaks)).toBe(255)
    // 2.4 s to 3 s of 9 s is a pause.
    expect(Math.max(...peaks.slice(490, 590))).toBeLessThan(20)
  })

  it('measures a mono recording as loud as the same recording in two channels', async () => {
    const mono = makeWav({ durationMs: 6000, level: 0.2 })
    const samples = mono.subarray(44)
    const doubled = Buffer.alloc(samples.length * 2)
    for (let offset = 0; offset < samples.length; offset += 2) {
      doubled.writeInt16LE(samples.readInt16LE(offset), offset * 2)
      doubled.writeInt16LE(samples.readInt16LE(offset), offset * 2 + 2)
    }
    const stereoFile = path.join(directory, 'same-in-two.wav')
    const monoFile = path.join(directory, 'same-in-one.wav')
    const header = makeWav({ durationMs: 6000, channels: 2 }).subarray(0, 44)
    await writeFile(stereoFile, Buffer.concat([header, doubled]))
    await writeFile(monoFile, mono)
    const [one, two] = [
      await measureLoudness({ filePath: monoFile }),
      await measureLoudness({ filePath: stereoFile }),
    ]
    expect(Math.abs(one.integratedLufs - two.integratedLufs)).toBeLessThan(0.1)
  })
})

describe('real speech', () => {
  const speech = findSharedData('speech/ljspeech/LJ001-0001.wav')
  it.skipIf(!speech)(
    'is levelled to -16 LUFS by the limiter, in mono (needs the shared test data)',
    async () => {
      const { probe, measurement, gain, ladder } = await prepare(speech ?? '', 'speech')
      expect(gain.ceilingDb).toBe(-2)
      expect(ladder.renditions.map(({ name, channels }) => [name, channels])).toEqual([
        ['96k', 1],
        ['48k', 1],
      ])
      await expectPlayableLadder(ladder, probe.durationMs)
      const measured = await measureLoudness({ filePath: ladder.renditions[0]?.mediaFile ?? '' })
      expect(Math.abs(measured.integratedLufs - -16)).toBeLessThan(0.5)
      for (const { mediaFile } of ladder.renditions)
        expect(await truePeakDb(mediaFile)).toBeLessThanOrEqual(-1)
      expect(measurement.peaks).toHaveLength(1800)
    },
  )
})

describe('a voice that wanders from its microphone', () => {
  it.each([1, 2] as const)('is levelled, at -16 LUFS in every file (%i channels)', async (channels) => {
    const voice = makeWav({ durationMs: 60_000, level: 0.5 }).subarray(44)
    // The same voice in every channel.
    const header = makeWav({ durationMs: 60_000, channels }).subarray(0, 44)
    const sound = Buffer.alloc(voice.length * channels)
    for (let sample = 0; sample < voice.length / 2; sample += 1) {
      const gainDb = -8 + 7 * Math.sin((2 * Math.PI * sample) / 16_000 / 50)
      const value = Math.round(voice.readInt16LE(sample * 2) * 10 ** (gainDb / 20))
      for (let channel = 0; channel < channels; channel += 1) {
        sound.writeInt16LE(value, (sample * channels + channel) * 2)
      }
    }
    const wav = Buffer.concat([header, sound])
    const filePath = path.join(directory, `wandering-${channels}.wav`)
    await writeFile(filePath, wav)
    const { measurement, ladder } = await prepare(filePath, `wandering-${channels}`)
    expect(measurement.levelled).not.toBeNull()
    for (const file of [...ladder.renditions.map(({ mediaFile }) => mediaFile), ladder.podcastFile]) {
      const heard = await measureLoudness({ filePath: file })
      expect(Math.abs(heard.integratedLufs + 16), path.basename(file)).toBeLessThan(0.7)
      expect(heard.loudnessRangeLu).toBeLessThan(measurement.loudnessRangeLu / 2)
    }
  })

  it('is told from one that stays, which is not changed', async () => {
    const filePath = path.join(directory, 'steady.wav')
    await writeFile(filePath, makeWav({ durationMs: 60_000 }))
    expect((await measureLoudness({ filePath })).levelled).toBeNull()
  })
})

describe('the podcast file', () => {
  it.each([
    [44_100, 2],
    [16_000, 1],
  ] as const)('has the times of every rendition (%i Hz, %i channels)', async (sampleRateHz, channels) => {
    const clickAtMs = 7300
    const wav = makeWav({ durationMs: 12_000, level: 0.05, channels, sampleRateHz })
    const first = Math.round((clickAtMs * sampleRateHz) / 1000)
    for (let sample = 0; sample < sampleRateHz / 500; sample += 1) {
      const value = Math.round(20_000 * Math.sin((2 * Math.PI * 1500 * sample) / sampleRateHz))
      for (let channel = 0; channel < channels; channel += 1) {
        wav.writeInt16LE(value, 44 + ((first + sample) * channels + channel) * 2)
      }
    }
    const filePath = path.join(directory, `click-${sampleRateHz}.wav`)
    await writeFile(filePath, wav)
    const { ladder } = await prepare(filePath, `click-${sampleRateHz}`)
    const tag = writeId3Tag({
      ...{ title: 'Grace', artist: '', album: '', year: '', cover: null, durationMs: 12_000 },
      chapters: [{ startMs: 7300, title: 'The click' }],
    })
    const tagged = path.join(directory, `tagged-${sampleRateHz}.mp3`)
    await writeFile(tagged, Buffer.concat([tag, await readFile(ladder.podcastFile)]))
    expect((await probeMedia({ filePath: tagged })).chapters).toEqual([{ startMs: 7300, title: 'The click' }])
    for (const file of [...ladder.renditions.map(({ mediaFile }) => mediaFile), tagged]) {
      expect(Math.abs((await loudestAtMs(file)) - clickAtMs), path.basename(file)).toBeLessThan(20)
    }
  })
})

describe('a part of a recording', () => {
  it.each([
    [44_100, 2],
    [16_000, 1],
  ] as const)(
    'begins and ends at exactly these samples, in every file (%i Hz, %i channels)',
    async (sampleRateHz, channels) => {
      const [cut, clickAtMs] = [{ startMs: 4321, endMs: 15_654 }, 4321 + 7300]
      const wav = makeWav({ durationMs: 20_000, level: 0.05, channels, sampleRateHz })
      const first = Math.round((clickAtMs * sampleRateHz) / 1000)
      for (let sample = 0; sample < sampleRateHz / 500; sample += 1) {
        const value = Math.round(20_000 * Math.sin((2 * Math.PI * 1500 * sample) / sampleRateHz))
        for (let channel = 0; channel < channels; channel += 1) {
          wav.writeInt16LE(value, 44 + ((first + sample) * channels + channel) * 2)
        }
      }
      const filePath = path.join(directory, `part-${sampleRateHz}.wav`)
      await writeFile(filePath, wav)
      const probe = await probeMedia({ filePath })
      const measurement = await measureLoudness({ filePath, probe, cut })
      expect(measurement.decodedDurationMs).toBe(11_333)
      const ladder = await encodeLadder({
        ...{ filePath, probe, cut, outputDir: path.join(directory, `part-${sampleRateHz}`) },
        ...levelLoudness(measurement),
        durationMs: measurement.decodedDurationMs,
      })
      for (const file of [...ladder.renditions.map(({ mediaFile }) => mediaFile), ladder.podcastFile]) {
        expect(Math.abs((await loudestAtMs(file)) - 7300), path.basename(file)).toBeLessThan(20)
      }
      await expectPlayableLadder(ladder, 11_333)

      const pcmFile = path.join(directory, `part-${sampleRateHz}.pcm.wav`)
      await decodeToPcm({ filePath, outputFile: pcmFile, sampleRateHz, cut })
      const from = Math.round((cut.startMs * sampleRateHz) / 1000)
      const to = Math.round((cut.endMs * sampleRateHz) / 1000)
      const pcm = (await readFile(pcmFile)).subarray(44)
      expect(pcm.length / 2).toBe(to - from)
      const misplaced = Array.from({ length: to - from }, (_, sample) => {
        const offset = 44 + (from + sample) * channels * 2
        const mean = (wav.readInt16LE(offset) + wav.readInt16LE(offset + (channels - 1) * 2)) / 2
        return Math.abs(pcm.readInt16LE(sample * 2) - mean)
      }).filter((difference) => difference > 2)
      expect(misplaced.length).toBe(0)
    },
  )

  it('that ends after the recording ends with it', async () => {
    const filePath = path.join(directory, 'short.wav')
    await writeFile(filePath, makeWav({ durationMs: 3000 }))
    const { decodedDurationMs } = await measureLoudness({ filePath, cut: { startMs: 500, endMs: 9000 } })
    expect(decodedDurationMs).toBe(2500)
    await expect(measureLoudness({ filePath, cut: { startMs: 5000, endMs: 9000 } })).rejects.toMatchObject({
      reason: 'media.damaged',
    })
  })
})

/** The highest sample at four times the rate. */
async function truePeakDb(filePath: string): Promise<number> {
  return 20 * Math.log10((await findLoudest(filePath)).loudest / 32_768)
}

async function loudestAtMs(filePath: string): Promise<number> {
  return (await findLoudest(filePath)).atMs
}

const OVERSAMPLED_HZ = 176_400

async function findLoudest(filePath: string): Promise<{ loudest: number; atMs: number }> {
  const outputFile = `${filePath}.oversampled.wav`
  await decodeToPcm({ filePath, outputFile, sampleRateHz: OVERSAMPLED_HZ })
  const samples = (await readFile(outputFile)).subarray(44)
  let loudest = 0
  let at = 0
  for (let offset = 0; offset + 1 < samples.length; offset += 2) {
    const size = Math.abs(samples.readInt16LE(offset))
    if (size > loudest) [loudest, at] = [size, offset / 2]
  }
  return { loudest, atMs: (at * 1000) / OVERSAMPLED_HZ }
}
