import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { findSharedData } from '#harness/find-shared-data.ts'
import { makeWav, wavHeader } from '#harness/media/make-wav.ts'
import { wordErrorRate } from '#harness/word-error-rate.ts'
import { decodeToPcm } from '#lib/media/decode-to-pcm.ts'
import { findRecogniser } from './find-recogniser.ts'
import { transcribeWithRecogniser } from './transcribe-with-recogniser.ts'
import { transcriptSchema } from './transcript.ts'

const recogniser = await findRecogniser()
const clips = Array.from({ length: 8 }, (_, index) =>
  findSharedData(`speech/ljspeech/LJ001-000${index + 1}.wav`),
).filter((file) => file !== null)
const missing = !recogniser ? 'no recogniser installed' : clips.length === 0 ? 'no shared test data' : null
if (missing) console.info(`Speech recogniser tests skipped: ${missing}.`)

let directory: string

beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'selah-test-'))
})

afterEach(() => {
  vi.unstubAllEnvs()
})

afterAll(async () => {
  await rm(directory, { recursive: true, force: true })
})

describe.skipIf(missing !== null)('the recogniser on this machine', () => {
  it('writes a draft of real speech with at most 45 % of its words wrong, and times inside the recording', {
    timeout: 400_000,
  }, async () => {
    const { filePath, durationMs, reference } = await joinClips()
    const shares: number[] = []
    const transcript = await transcribeWithRecogniser(recogniser ?? never(), {
      filePath,
      contentType: 'audio/wav',
      durationMs,
      onProgress: (share) => shares.push(share),
    })
    expect(transcriptSchema.parse(transcript)).toEqual(transcript)
    expect(transcript).toMatchObject({ source: 'recogniser', isDraft: true, timing: 'words' })
    const rate = wordErrorRate(reference, transcript.words.map((word) => word.text).join(' '))
    console.info(
      `Word error rate on ${Math.round(durationMs / 1000)} s of real reading: ${(rate * 100).toFixed(1)} %`,
    )
    expect(rate).toBeLessThanOrEqual(0.45)
    expect(transcript.words.at(-1)?.endMs).toBeLessThanOrEqual(durationMs)
    expect(transcript.words.at(-1)?.endMs).toBeGreaterThan(durationMs - 5000)
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(shares.at(-1)).toBe(1)
  })

  it('reports a recording without speech', async () => {
    const filePath = path.join(directory, 'quiet.wav')
    await writeFile(filePath, makeWav({ durationMs: 3000, level: 0.0005 }))
    await expect(
      transcribeWithRecogniser(recogniser ?? never(), {
        filePath,
        contentType: 'audio/wav',
        durationMs: 3000,
      }),
    ).rejects.toMatchObject({ reason: 'transcriber.no_speech', retryable: false })
  })

  it('supports only English', async () => {
    await expect(
      transcribeWithRecogniser(recogniser ?? never(), {
        filePath: clips[0] ?? '',
        contentType: 'audio/wav',
        durationMs: 1000,
        language: 'de',
      }),
    ).rejects.toMatchObject({ reason: 'transcriber.language' })
  })

  it('stops immediately when it is aborted and leaves no process and no file', async () => {
    const { filePath, durationMs } = await joinClips()
    const temporaryDir = await mkdtemp(path.join(directory, 'temporary-'))
    vi.stubEnv('TMPDIR', temporaryDir)
    const controller = new AbortController()
    const work = transcribeWithRecogniser(recogniser ?? never(), {
      filePath,
      contentType: 'audio/wav',
      durationMs,
      signal: controller.signal,
    })
    work.catch(() => {})
    await expect.poll(() => recognisersOf(process.pid), { interval: 20 }).toHaveLength(1)
    expect(await readdir(temporaryDir)).not.toEqual([])
    controller.abort(new Error('stopped by the test'))
    await expect(work).rejects.toThrow('stopped by the test')
    expect(await recognisersOf(process.pid)).toEqual([])
    expect(await readdir(temporaryDir)).toEqual([])
  })
})

/** All clips as one 16 kHz recording, and their words. */
async function joinClips(): Promise<{ filePath: string; durationMs: number; reference: string }> {
  const parts: Buffer[] = []
  const texts: string[] = []
  for (const clip of clips) {
    const outputFile = path.join(await mkdtemp(path.join(directory, 'clip-')), 'clip.wav')
    await decodeToPcm({ filePath: clip, outputFile })
    parts.push((await readFile(outputFile)).subarray(44))
    texts.push(await readFile(clip.replace(/\.wav$/, '.txt'), 'utf8'))
  }
  const samples = Buffer.concat(parts)
  const filePath = path.join(directory, 'joined.wav')
  await writeFile(filePath, Buffer.concat([wavHeader(samples.length, 1, 16_000), samples]))
  return { filePath, durationMs: samples.length / 32, reference: texts.join(' ') }
}

async function recognisersOf(parentPid: number): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    const stat = await readFile(`/proc/${entry}/stat`, 'latin1').catch(() => '')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (stat.includes('(pocketsphinx') && Number(fields[1]) === parentPid && fields[0] !== 'Z')
      found.push(entry)
  }
  return found
}

function never(): never {
  throw new Error('This test must be skipped without a recogniser.')
}
