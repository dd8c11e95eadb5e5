import { useSyncExternalStore } from 'react'

type Clock = { subscribe(listener: () => void): () => void; readMs(): number }

function createClock(everyMs: number): Clock {
  const listeners = new Set<() => void>()
  let timer: ReturnType<typeof setInterval> | undefined
  let nowMs = 0
  const tick = () => {
    nowMs = Date.now()
    for (const listener of listeners) listener()
  }
  return {
    subscribe(listener) {
      listeners.add(listener)
      timer ??= setInterval(tick, everyMs)
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        clearInterval(timer)
        timer = undefined
      }
    },
    readMs() {
      // Without a timer the last reading may be old.
      if (timer === undefined || nowMs === 0) {
        const current = Date.now()
        if (current - nowMs >= everyMs) nowMs = current
      }
      return nowMs
    },
  }
}

const clocks = { second: createClock(1000), halfMinute: createClock(30_000) }
const unknown = () => null
const never = () => () => undefined

/**
 * The reader's clock in milliseconds, kept up to date. Null while the server renders and until the page is
 * interactive, because the server cannot read the reader's clock.
 */
export function useNow(every: keyof typeof clocks, isNeeded = true): number | null {
  const clock = clocks[every]
  return useSyncExternalStore<number | null>(
    isNeeded ? clock.subscribe : never,
    isNeeded ? clock.readMs : unknown,
    unknown,
  )
}
