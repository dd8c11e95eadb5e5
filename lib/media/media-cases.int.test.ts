import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findSharedData } from '#harness/find-shared-data.ts'
import { makeWav } from '#harness/media/make-wav.ts'
import { encodeLadder } from './encode-ladder.ts'
import { judgeRecording } from './judge-recording.ts'
import { levelLoudness } from './level-loudness.ts'
import { measureLoudness } from './measure-loudness.ts'
import { probeMedia } from './probe-media.ts'

const found = findSharedData('cases')
let directory: string

beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'selah-test-'))
})

afterAll(async () => {
  await rm(directory, { recursive: true, force: true })
})

const caseFile = (name: string) => path.join(found ?? '', name)

describe.skipIf(found === null)('real-world recordings (skipped without ../shared/data)', () => {
  test.each([
    '09-x.aiff',
    '09-x.amr',
    '09-x.caf',
    '09-x.wma',
    '09-camera.mts',
    '09-old.avi',
    '09-service.wmv',
    '09-talk.wv',
  ])('%s is read', async (name) => {
    const probe = await probeMedia({ filePath: caseFile(name) })
    const { decodedDurationMs } = await measureLoudness({ filePath: caseFile(name) })
    expect(Math.abs(decodedDurationMs - probe.durationMs)).toBeLessThan(500)
  })

  test.each([
    ['12-picture-30-sound-20.mp4', 20_000],
    ['12-picture-30-sound-20.mkv', 20_000],
    ['12-picture-45-sound-20.mov', 20_000],
    ['15-gap.mp4', 30_000],
    ['15-gap.webm', 35_000],
    ['16-joined.wav', 12_000],
  ])('of %s all of the sound is taken', async (name, durationMs) => {
    const probe = await probeMedia({ filePath: caseFile(name) })
    const { decodedDurationMs } = await measureLoudness({ filePath: caseFile(name) })
    expect(Math.abs(probe.durationMs - durationMs)).toBeLessThan(500)
    expect(Math.abs(decodedDurationMs - durationMs)).toBeLessThan(500)
  })

  test.each([
    ['11-stale-header.mp3', 48_000, 120_000],
    ['11-three-quarters.mp3', 67_500, 90_000],
  ])('of %s all of the sound is taken, with the warning that its end may be missing', async (name, ...ms) => {
    const probe = await probeMedia({ filePath: caseFile(name) })
    const measurement = await measureLoudness({ filePath: caseFile(name) })
    const [warning, ...others] = judgeRecording(probe, measurement)
    expect(others).toEqual([])
    expect(warning?.code).toBe('end-missing')
    const found = [measurement.decodedDurationMs, warning?.announcedMs ?? 0]
    for (const [index, expected] of ms.entries())
      expect(Math.abs((found[index] ?? 0) - expected)).toBeLessThan(500)
  })

  test.each(['13-second-track.mp4', '13-second-not-default.mp4'])(
    'of %s the track with sound is used',
    async (name) => {
      const probe = await probeMedia({ filePath: caseFile(name) })
      expect(probe.track).toEqual({ number: 2, of: 2 })
      expect((await measureLoudness({ filePath: caseFile(name) })).integratedLufs).toBeGreaterThan(-60)
    },
  )

  test.each([
    ['14-inverted-speech.flac', 'inverted', 2],
    ['14-right-only-speech.flac', 'right-only', 1],
    ['14-faint-right.m4a', 'left-only', 1],
  ])('of %s every rendition is as loud as the others', async (name, repair, channels) => {
    const filePath = caseFile(name)
    const probe = await probeMedia({ filePath })
    expect(probe).toMatchObject({ repair, channels })
    const measurement = await measureLoudness({ filePath })
    const gain = levelLoudness(measurement)
    const { renditions } = await encodeLadder({
      filePath,
      outputDir: path.join(directory, name),
      ...gain,
      durationMs: measurement.decodedDurationMs,
      probe,
      tags: {},
    })
    for (const { mediaFile } of renditions) {
      const { integratedLufs } = await measureLoudness({ filePath: mediaFile })
      expect(Math.abs(integratedLufs + 16)).toBeLessThanOrEqual(1)
    }
  })
})

describe('a WAV file with more sound than its header says', () => {
  const seconds = (count: number) => makeWav({ durationMs: count * 1000, sampleRateHz: 16_000, channels: 1 })
  const durationOf = async (name: string, bytes: Buffer) => {
    const filePath = path.join(directory, name)
    await writeFile(filePath, bytes)
    return (await probeMedia({ filePath })).durationMs
  }

  test('is read to its end when the recorder lost power, and when files were joined', async () => {
    const whole = seconds(8)
    const short = Buffer.from(whole)
    short.writeUInt32LE(16_000 * 2 * 2, 40)
    expect(await durationOf('power.wav', short)).toBeGreaterThan(7900)
    expect(await durationOf('joined.wav', Buffer.concat([whole, seconds(4)]))).toBeGreaterThan(11_900)
  })

  const chunk = (id: string, bytes: Buffer) => {
    const head = Buffer.alloc(8)
    head.write(id, 0, 'latin1')
    head.writeUInt32LE(bytes.length, 4)
    return Buffer.concat([head, bytes])
  }

  test('is read to its end when files with tags behind their sound were joined', async () => {
    const tagged = (count: number) => Buffer.concat([seconds(count), chunk('LIST', Buffer.alloc(40))])
    expect(await durationOf('joined-tags.wav', Buffer.concat([tagged(4), tagged(3)]))).toBeGreaterThan(6900)
  })

  test.each([0, 16_000 * 2 * 2])(
    'is read to its end when a recorder of large files wrote %i as its size',
    async (size) => {
      const plain = seconds(6)
      plain.write('RF64', 0, 'latin1')
      plain.writeUInt32LE(0xffff_ffff, 40)
      const sizes = Buffer.alloc(28)
      sizes.writeBigUInt64LE(BigInt(size), 8)
      const large = Buffer.concat([plain.subarray(0, 12), chunk('ds64', sizes), plain.subarray(12)])
      expect(await durationOf(`large-${size}.wav`, large)).toBeGreaterThan(5900)
    },
  )

  test('says that a part is missing when the joined file has another kind of sound', async () => {
    const other = makeWav({ durationMs: 4000, sampleRateHz: 44_100, channels: 2 })
    const filePath = path.join(directory, 'joined-other.wav')
    await writeFile(filePath, Buffer.concat([seconds(5), other]))
    const probe = await probeMedia({ filePath })
    const measurement = await measureLoudness({ filePath })
    expect(judgeRecording(probe, measurement)).toEqual([
      { code: 'end-missing', announcedMs: 9000, foundMs: 5000 },
    ])
  })

  test('is read to the end of its sound when a tag of an MP3 follows', async () => {
    const tag = Buffer.concat([Buffer.from('ID3\x03\0\0\0\x02\x3c\0', 'latin1'), Buffer.alloc(40_000)])
    expect(await durationOf('mp3-tag.wav', Buffer.concat([seconds(3), tag]))).toBe(3000)
  })

  test('is read to the end of its sound when only metadata follows', async () => {
    const list = Buffer.alloc(8 + 40_000)
    list.write('LIST', 0, 'latin1')
    list.writeUInt32LE(40_000, 4)
    expect(await durationOf('tagged.wav', Buffer.concat([seconds(3), list]))).toBe(3000)
  })
})
