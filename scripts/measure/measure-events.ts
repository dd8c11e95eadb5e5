import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { startTestEngine } from '#harness/start-test-engine.ts'
import { connectDatabase } from '#lib/db/connect-database.ts'
import { recordExhaustedEvent } from '#lib/dead-letters/record-exhausted-event.ts'
import { enqueueEvent } from '#lib/events/enqueue-event.ts'
import { startForwarder } from '#lib/events/start-forwarder.ts'
import { connectJobEngine } from '#lib/jobs/connect-job-engine.ts'
import { type Spread, spread } from './percentiles.ts'

const warmUps = 10
/** Runs store their spans a second after they end. */
const spansWithinMs = 20_000
const root = path.resolve(import.meta.dirname, '../..')

/**
 * Measures the time from the commit of an event to the first line of its task, through every part of the product: outbox
 * row, notification, forwarder, engine, run worker with the product's own hooks. The task itself does nothing.
 */
export async function measureEvents(options: {
  connectionString: string
  samples: number
}): Promise<{ startMs: Spread }> {
  const { connectionString } = options
  const engine = await startTestEngine({
    connectionString,
    projectDir: root,
    environment: {
      NODE_ENV: 'production',
      DATABASE_URL: connectionString,
      // Read by the environment check; a removal of no objects calls no service.
      SUPABASE_URL: 'http://127.0.0.1:9',
      SUPABASE_PUBLISHABLE_KEY: 'unused',
      SUPABASE_SECRET_KEY: 'unused',
      SITE_URL: 'http://127.0.0.1:9',
    },
  })
  const { db, close } = connectDatabase(connectionString, { maxConnections: 4 })
  const jobs = connectJobEngine({ TRIGGER_API_URL: engine.apiUrl, TRIGGER_SECRET_KEY: engine.secretKey })
  const forwarder = startForwarder({ db, jobs, connectionString, recordExhausted: recordExhaustedEvent })
  try {
    const committedAtMs = new Map<string, number>()
    for (let index = 0; index < warmUps + options.samples; index += 1) {
      const churchId = randomUUID()
      const { eventId, atMs } = await db.transaction(async (tx) => {
        const payload = { churchId, objects: [] }
        const written = await enqueueEvent(tx, { type: 'sermon.removed', churchId, payload })
        // The commit follows and is part of the wait, because the forwarder may be notified before it returns.
        return { eventId: written, atMs: Date.now() }
      })
      await waitForCompletion(eventId)
      if (index >= warmUps) committedAtMs.set(eventId, atMs)
    }
    const startedAtMs = await readStarts(committedAtMs.size)
    const startMs = [...committedAtMs].map(([eventId, atMs]) => (startedAtMs.get(eventId) ?? atMs) - atMs)
    return { startMs: spread(startMs) }
  } finally {
    await forwarder.stop()
    await close()
    await engine.stop()
  }

  async function waitForCompletion(eventId: string): Promise<void> {
    for (;;) {
      const { rows } = await db.execute(
        sql`select 1 from runs where event_id = ${eventId} and status = 'completed'`,
      )
      if (rows.length > 0) return
      await delay(10)
    }
  }

  /** Reads when the task's own code began, by event, from the recorded spans. */
  async function readStarts(expected: number): Promise<Map<string, number>> {
    const deadlineMs = performance.now() + spansWithinMs
    for (;;) {
      const { rows } = await db.execute<{ event_id: string; at_ms: number }>(
        sql`select runs.event_id, (extract(epoch from spans.started_at) * 1000)::float8 as at_ms
          from spans join runs on runs.id = spans.run_id where spans.name = 'run()'`,
      )
      if (rows.length >= expected + warmUps) return new Map(rows.map((row) => [row.event_id, row.at_ms]))
      if (performance.now() > deadlineMs) throw new Error(`Only ${rows.length} runs stored their spans.`)
      await delay(100)
    }
  }
}
