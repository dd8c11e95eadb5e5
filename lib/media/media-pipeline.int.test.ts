import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findSharedData } from '#harness/find-shared-data.ts'
import { makeWav } from '#harness/media/make-wav.ts'
import { decodeToPcm } from './decode-to-pcm.ts'
import { type EncodedLadder, encodeLadder } from './encode-ladder.ts'
import { chooseLadder } from './hls-ladder.ts'
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
  const gain = await levelLoudness({ filePath, measurement })
  const ladder = await encodeLadder({
    filePath,
    outputDir: path.join(directory, name),
    ...gain,
    durationMs: measurement.decodedDurationMs,
    renditions: chooseLadder(probe),
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
    expect(measured.truePeakDbtp).toBeLessThan(-0.5)
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
      expect(measured.truePeakDbtp).toBeLessThan(-0.5)
      expect(measurement.peaks).toHaveLength(1800)
    },
  )
})
