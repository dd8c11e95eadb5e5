import { setTimeout as delay } from 'node:timers/promises'

const pollMs = 60

/**
 * Requests the address repeatedly until it answers, with `status` if given.
 * Rejects when the signal aborts.
 */
export async function waitForAnswer(url: string, signal: AbortSignal, status?: number): Promise<void> {
  for (;;) {
    signal.throwIfAborted()
    const answered = await fetch(url, { signal, redirect: 'manual' }).then(
      async (response) => {
        await response.body?.cancel()
        return status === undefined || response.status === status
      },
      () => false,
    )
    if (answered) return
    await delay(pollMs, undefined, { signal })
  }
}
