import type { Database, Transaction } from '#lib/db/connect-database.ts'
import { listenToChannel } from '#lib/db/listen-to-channel.ts'
import { type ExhaustedEvent, forwardEvents } from '#lib/events/forward-events.ts'
import { releaseDueEvents } from '#lib/events/release-due-events.ts'
import type { JobEngine } from '#lib/jobs/connect-job-engine.ts'

const CHANNEL = 'selah_events'
/** How often it checks without a notification: finds retries that are due and events missed while disconnected. */
const SWEEP_MS = 2000
const BATCH = 50

export interface Forwarder {
  stop(): Promise<void>
}

/**
 * Forwards events as they are committed (the database notifies it) and checks regularly for events that were
 * missed. Any number of processes may run one. Failures are logged and retried at the next check.
 */
export function startForwarder(options: {
  db: Database
  jobs: JobEngine
  connectionString: string
  recordExhausted: (tx: Transaction, exhausted: ExhaustedEvent) => Promise<void>
}): Forwarder {
  const { db, jobs, recordExhausted } = options
  const now = () => new Date()
  let stopped = false
  let wake: () => void = () => {}
  let woken = false

  const notify = () => {
    woken = true
    wake()
  }

  async function work(): Promise<void> {
    while (!stopped) {
      woken = false
      try {
        // New events go first; scheduled events that became due can wait for one query.
        while (
          !stopped &&
          (await forwardEvents({ db, jobs, now, random: Math.random, recordExhausted }, { limit: BATCH })) ===
            BATCH
        ) {}
        if ((await releaseDueEvents({ db, now })) > 0) woken = true
      } catch (error) {
        console.warn('Forwarding events failed; trying again.', error)
      }
      if (woken || stopped) continue
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, SWEEP_MS)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }

  const listener = listenToChannel({
    connectionString: options.connectionString,
    channel: CHANNEL,
    onNotice: notify,
  })
  const working = work()
  return {
    async stop() {
      stopped = true
      wake()
      await listener.stop()
      await working
    },
  }
}
