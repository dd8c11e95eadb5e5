import pg from 'pg'
import type { Database } from '#lib/db/connect-database.ts'
import type { JobEngine } from '#lib/jobs/connect-job-engine.ts'
import { forwardEvents } from '#lib/jobs/forward-events.ts'
import { releaseDueEvents } from '#lib/jobs/release-due-events.ts'

const CHANNEL = 'selah_events'
/** How often it looks without being told: finds retries that are due and what a lost connection missed. */
const SWEEP_MS = 2000
const RECONNECT_MS = 1000
const BATCH = 50

export interface Forwarder {
  stop(): Promise<void>
}

/**
 * Forwards events as they are committed (the database says so) and sweeps for what was left. Any number
 * of processes may run one. Failures are logged and tried again at the next look.
 */
export function startForwarder(options: {
  db: Database
  jobs: JobEngine
  connectionString: string
}): Forwarder {
  const { db, jobs } = options
  const now = () => new Date()
  let stopped = false
  let listener: pg.Client | undefined
  let wake: () => void = () => {}
  let woken = false

  const ring = () => {
    woken = true
    wake()
  }

  async function listen(): Promise<void> {
    while (!stopped) {
      const client = new pg.Client({ connectionString: options.connectionString })
      try {
        const lost = new Promise<void>((resolve) => {
          client.on('error', () => resolve())
          client.on('end', () => resolve())
        })
        client.on('notification', ring)
        await client.connect()
        listener = client
        await client.query(`listen ${CHANNEL}`)
        ring()
        await lost
      } catch {
        // The sweep goes on meanwhile; the next connection catches up.
      }
      client.end().catch(() => {})
      if (!stopped) await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS))
    }
  }

  async function work(): Promise<void> {
    while (!stopped) {
      woken = false
      try {
        // What was just asked for goes first; what became due by the clock may wait for one query.
        while (
          !stopped &&
          (await forwardEvents({ db, jobs, now, random: Math.random }, { limit: BATCH })) === BATCH
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

  void listen()
  const working = work()
  return {
    async stop() {
      stopped = true
      wake()
      await listener?.end().catch(() => {})
      await working
    },
  }
}
