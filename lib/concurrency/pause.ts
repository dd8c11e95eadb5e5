import { setTimeout as delay } from 'node:timers/promises'

/** Resolves after the time or when `signal` aborts, whichever is first. It does not keep the process alive. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal, ref: false }).catch(() => undefined)
}
