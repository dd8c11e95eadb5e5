import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { randomNumbers } from '#harness/random-numbers.ts'
import { buildWeb } from '../scripts/build/build-web.ts'
import { cutRecording } from '../scripts/crash-matrix/cut-recording.ts'
import { serveSpeech } from '../scripts/crash-matrix/serve-speech.ts'
import { killProcesses, targets } from '../scripts/faults/kill-randomly.ts'

/* The short form of `npm run faults`: every process is killed once while sermons are sent. */
test('after a kill -9 of each process, everything that was confirmed is there and processed', async () => {
  await buildWeb(path.resolve(import.meta.dirname, '..'))
  const folder = await mkdtemp(path.join(tmpdir(), 'selah-kills-'))
  const recording = await cutRecording(path.join(folder, 'recording'), 6_000)
  const speech = await serveSpeech(recording.words)
  try {
    const env = { DEEPGRAM_API_KEY: 'key-of-the-faults', DEEPGRAM_BASE_URL: speech.url }
    const setting = { folder: path.join(folder, 'data'), env, recording, print: () => {} }
    const random = randomNumbers(7)
    const result = await killProcesses(setting, { victims: targets, pauseMs: () => 2_000, random })
    expect(result.problems).toEqual([])
    expect(result.figures['confirmed texts']).toBeGreaterThan(2)
    for (const target of targets.filter((each) => each !== 'worker')) {
      expect(result.figures, target).toHaveProperty([`${target} killed`])
    }
  } finally {
    await speech.stop()
    await rm(folder, { recursive: true, force: true })
  }
}, 600_000)
