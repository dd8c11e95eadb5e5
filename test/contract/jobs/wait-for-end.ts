import { setTimeout as delay } from 'node:timers/promises'

import { runs } from '@trigger.dev/sdk'

/** Reads a value until `isReached` is true for it. Rejects with the last value after `limitMs`. */
export async function waitFor<T>(
  read: () => Promise<T>,
  isReached: (value: T) => boolean,
  limitMs = 100_000,
): Promise<T> {
  const deadline = Date.now() + limitMs
  for (;;) {
    const value = await read()
    if (isReached(value)) return value
    if (Date.now() > deadline) throw new Error(`Not after ${limitMs} ms: ${JSON.stringify(value)}`)
    await delay(25)
  }
}

/** Resolves with the run when it has ended. */
export function waitForEnd(runId: string, limitMs = 100_000) {
  return waitFor(
    () => runs.retrieve(runId),
    (run) => run.isCompleted,
    limitMs,
  )
}
