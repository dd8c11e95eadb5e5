import type { Database, Transaction } from '#lib/db/connect-database.ts'
import { listenToChannel } from '#lib/db/listen-to-channel.ts'
import { forwardAllDue } from '#lib/events/forward-all-due.ts'
import type { ExhaustedEvent } from '#lib/events/forward-events.ts'
import type { JobEngine } from '#lib/jobs/connect-job-engine.ts'

const CHANNEL = 'selah_events'
/** How often it checks without a notification, for due retries and for events missed while disconnected. */
const SWEEP_MS = 2000

export interface Forwarder {
  stop(): Promise<void>
}

/**
 * Forwards events when they are committed (the database notifies it) and checks regularly for events that were
 * missed. Any number of processes may run a forwarder. Failures are logged and retried at the next check.
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
  let stopWaiting: () => void = () => {}
  let isNotified = false

  const notify = () => {
    isNotified = true
    stopWaiting()
  }

  async function work(): Promise<void> {
    while (!stopped) {
      isNotified = false
      try {
        const released = await forwardAllDue({ db, jobs, now, recordExhausted }, () => stopped)
        if (released > 0) isNotified = true
      } catch (error) {
        console.warn('Forwarding events failed; trying again.', error)
      }
      if (isNotified || stopped) continue
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, SWEEP_MS)
        stopWaiting = () => {
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
      stopWaiting()
      await listener.stop()
      await working
    },
  }
}
