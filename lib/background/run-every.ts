import { pause } from '#lib/concurrency/pause.ts'

/** Work that a process repeats in the background. */
export interface BackgroundJob {
  /** Names the work in log lines, such as `sweep finished uploads`. */
  name: string
  /** Pause between the end of one pass and the start of the next. */
  intervalMs: number
  /** One pass. It should stop early when `signal` is aborted. */
  perform(signal: AbortSignal): Promise<unknown>
}

export interface RunningJob {
  /** Starts no further pass, aborts the current one and waits until it has ended. */
  stop(): Promise<void>
}

/** Pauses differ by up to this share, so that several processes do not work at the same moment. */
const JITTER_SHARE = 0.1

/**
 * Repeats a job until it is stopped, one pass at a time. A failed pass is logged and the next one runs as usual.
 * The pause does not keep the process alive.
 */
export function runEvery(
  job: BackgroundJob,
  { random = Math.random }: { random?: () => number } = {},
): RunningJob {
  const abort = new AbortController()
  const working = repeat(job, { signal: abort.signal, random })
  return {
    async stop() {
      abort.abort()
      await working
    },
  }
}

async function repeat(
  { name, intervalMs, perform }: BackgroundJob,
  { signal, random }: { signal: AbortSignal; random: () => number },
): Promise<void> {
  for (;;) {
    const pauseMs = intervalMs * (1 + JITTER_SHARE * (2 * random() - 1))
    await pause(pauseMs, signal)
    if (signal.aborted) return
    try {
      await perform(signal)
    } catch (error) {
      if (!signal.aborted) console.warn(`Background job "${name}" failed; the next pass retries.`, error)
    }
  }
}
