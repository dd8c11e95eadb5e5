const everyMs = 2_000
const longestTimerMs = 60_000

/**
 * Calls `work` when something becomes due, and every two seconds in any case. The database decides what is
 * due; the timers only shorten the delay. Calls never overlap.
 */
export function createWaker(work: () => Promise<void>, log: (line: string) => void) {
  let timer: NodeJS.Timeout | undefined
  let dueMs = Number.POSITIVE_INFINITY
  let interval: NodeJS.Timeout | undefined
  let working = false
  let again = false
  let stopped = true

  async function run() {
    if (stopped) return
    if (working) {
      again = true
      return
    }
    working = true
    do {
      again = false
      await work().catch((error) => log(`Sweep: ${error instanceof Error ? error.message : error}`))
    } while (again && !stopped)
    working = false
  }

  function fire() {
    timer = undefined
    dueMs = Number.POSITIVE_INFINITY
    void run()
  }

  return {
    wakeAt(date: Date) {
      if (stopped || date.getTime() >= dueMs) return
      dueMs = date.getTime()
      clearTimeout(timer)
      timer = setTimeout(fire, Math.min(Math.max(dueMs - Date.now(), 1), longestTimerMs))
    },
    start() {
      stopped = false
      interval = setInterval(run, everyMs)
      void run()
    },
    stop() {
      stopped = true
      clearTimeout(timer)
      clearInterval(interval)
    },
  }
}
