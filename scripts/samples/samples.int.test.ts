import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { decodeToPcm } from '#lib/media/decode-to-pcm.ts'
import { parseCaptions } from '#lib/transcripts/parse-captions.ts'
import { splitText } from './split-text.ts'

const directory = resolve(import.meta.dirname, '../../samples')
const slugs = (await readdir(directory, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

const sampleSermon = z.object({
  title: z.string().min(1),
  speaker: z.string().min(1),
  series: z.string().min(1),
  description: z.string().startsWith('Sample: read by a computer voice.'),
  isSample: z.literal(true),
  licence: z.string().min(1),
})
const RATE = 16_000
const QUIET = 500
const MAX_ONSET_MS = 100

async function decodeSound(file: string): Promise<Int16Array> {
  const folder = await mkdtemp(join(tmpdir(), 'selah-sample-'))
  try {
    const outputFile = join(folder, 'sound.wav')
    await decodeToPcm({ filePath: file, outputFile, sampleRateHz: RATE })
    const wav = await readFile(outputFile)
    return new Int16Array(Uint8Array.from(wav.subarray(wav.indexOf('data', 12, 'latin1') + 8)).buffer)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

describe('the samples', () => {
  it('are at least three, in one series, by two speakers', async () => {
    const sermons = await Promise.all(
      slugs.map(async (slug) =>
        sampleSermon.parse(JSON.parse(await readFile(join(directory, slug, 'sermon.json'), 'utf8'))),
      ),
    )
    expect(sermons.length).toBeGreaterThanOrEqual(3)
    expect(new Set(sermons.map(({ series }) => series)).size).toBe(1)
    expect(new Set(sermons.map(({ speaker }) => speaker)).size).toBe(2)
  })

  it.each(slugs)('%s: captions contain the whole text and match the sound', async (slug) => {
    const cues = parseCaptions(await readFile(join(directory, slug, 'transcript.vtt'), 'utf8'))
    const text = await readFile(join(directory, slug, 'text.txt'), 'utf8')
    expect(cues.map(({ lines }) => lines.join(' '))).toEqual(splitText(text).map((part) => part.text))

    const sound = await decodeSound(join(directory, slug, 'audio.mp3'))
    const minutes = sound.length / RATE / 60
    expect(minutes).toBeGreaterThan(3)
    expect(minutes).toBeLessThan(6)
    const isLoud = (value: number) => Math.abs(value) > QUIET
    const between = (fromMs: number, toMs: number) =>
      sound.subarray((fromMs * RATE) / 1000, (toMs * RATE) / 1000)
    let lastEndMs = 0
    for (const { startMs, endMs } of cues) {
      expect(between(lastEndMs + 40, startMs - 25).some(isLoud)).toBe(false)
      expect(between(startMs - 25, startMs + MAX_ONSET_MS).some(isLoud)).toBe(true)
      lastEndMs = endMs
    }
  })
})
