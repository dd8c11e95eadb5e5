import { expect, test, vi } from 'vitest'
import { runEvery } from './run-every.ts'

/** A job with passes that the test ends. */
function controlledJob() {
  const ends: (() => void)[] = []
  const started: AbortSignal[] = []
  const waiting: { count: number; resolve: () => void }[] = []
  return {
    started,
    end: () => ends.shift()?.(),
    /** Resolves when this many passes have started. */
    passes: (count: number) =>
      started.length >= count
        ? Promise.resolve()
        : new Promise<void>((resolve) => waiting.push({ count, resolve })),
    job: {
      name: 'controlled',
      intervalMs: 1,
      perform(signal: AbortSignal) {
        started.push(signal)
        for (const { count, resolve } of waiting) if (started.length >= count) resolve()
        return new Promise<void>((resolve) => ends.push(resolve))
      },
    },
  }
}

test('no two passes of a job run at the same time', async () => {
  const { job, started, end, passes } = controlledJob()
  const running = runEvery(job)
  await passes(1)
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(started).toHaveLength(1)
  end()
  await passes(2)
  const stopped = running.stop()
  end()
  await stopped
})

test('stopping aborts the current pass, waits for its end and starts no other', async () => {
  const { job, started, end, passes } = controlledJob()
  const running = runEvery(job)
  await passes(1)
  let hasStopped = false
  const stopped = running.stop().then(() => {
    hasStopped = true
  })
  expect(started[0]?.aborted).toBe(true)
  await Promise.resolve()
  expect(hasStopped).toBe(false)
  end()
  await stopped
  expect(started).toHaveLength(1)
})

test('stopping during the pause ends immediately', async () => {
  const perform = vi.fn(() => Promise.resolve())
  await runEvery({ name: 'daily', intervalMs: 86_400_000, perform }).stop()
  expect(perform).not.toHaveBeenCalled()
})

test('a pass that fails is logged with the name of the job, and the next one runs', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  let passes = 0
  await new Promise<void>((resolve) => {
    const running = runEvery({
      name: 'unlucky',
      intervalMs: 1,
      async perform() {
        passes += 1
        if (passes === 1) throw new Error('database unreachable')
        resolve(running.stop())
      },
    })
  })
  expect(passes).toBe(2)
  expect(warn.mock.calls[0]?.[0]).toContain('unlucky')
})
