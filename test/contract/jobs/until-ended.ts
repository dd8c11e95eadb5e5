import { setTimeout as delay } from 'node:timers/promises'

import { runs } from '@trigger.dev/sdk'

/** Asks for a condition until it holds. Throws with what it last saw when the time is over. */
export async function until<T>(
  look: () => Promise<T>,
  holds: (seen: T) => boolean,
  limitMs = 100_000,
): Promise<T> {
  const deadline = Date.now() + limitMs
  for (;;) {
    const seen = await look()
    if (holds(seen)) return seen
    if (Date.now() > deadline) throw new Error(`Not after ${limitMs} ms: ${JSON.stringify(seen)}`)
    await delay(25)
  }
}

/** The run once it has ended. */
export function untilEnded(runId: string, limitMs = 100_000) {
  return until(
    () => runs.retrieve(runId),
    (run) => run.isCompleted,
    limitMs,
  )
}
