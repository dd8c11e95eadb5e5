import { inArray, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { deadLetters, events, runAttempts, runSteps, runs } from '#lib/db/schema.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const BATCH = 1000
const BATCHES = 20

/**
 * Removes old rows: dead letters past `keep_until` (a year), runs that ended more than `keepRunsDays` ago with
 * their attempts, processed events older than `keepEventsDays`, and steps of deleted sermons. Steps of existing
 * sermons are kept, so that a replay can skip them. Works in small batches, at most 20,000 rows of each kind.
 * Returns how many rows of each kind were removed.
 */
export async function pruneJobs(
  { db, now }: { db: Database; now: () => Date },
  { keepRunsDays, keepEventsDays }: { keepRunsDays: number; keepEventsDays: number },
): Promise<{ deadLetters: number; runs: number; events: number; steps: number }> {
  const before = (days: number) => new Date(now().getTime() - days * DAY_MS).toISOString()
  const repeat = async (removeBatch: () => Promise<{ id: string }[]>) => {
    let removed = 0
    for (let turn = 0; turn < BATCHES; turn += 1) {
      const batch = await removeBatch()
      removed += batch.length
      if (batch.length < BATCH) break
    }
    return removed
  }
  return {
    deadLetters: await repeat(() =>
      db
        .delete(deadLetters)
        .where(
          inArray(
            deadLetters.id,
            sql`(select id from dead_letters where keep_until < ${now().toISOString()}::timestamptz limit ${BATCH})`,
          ),
        )
        .returning({ id: deadLetters.id }),
    ),
    runs: await repeat(() =>
      db.transaction(async (tx) => {
        const removed = await tx
          .delete(runs)
          .where(
            inArray(
              runs.id,
              sql`(select id from runs where created_at < ${before(keepRunsDays)}::timestamptz
                and finished_at < ${before(keepRunsDays)}::timestamptz limit ${BATCH})`,
            ),
          )
          .returning({ id: runs.id })
        const ids = removed.map(({ id }) => id)
        if (ids.length > 0) await tx.delete(runAttempts).where(inArray(runAttempts.runId, ids))
        return removed
      }),
    ),
    // An open dead letter may still need the payload of its event.
    events: await repeat(() =>
      db
        .delete(events)
        .where(
          inArray(
            events.id,
            sql`(select old.id from events old where old.state in ('forwarded', 'cancelled', 'dead')
              and old.created_at < ${before(keepEventsDays)}::timestamptz
              and not exists (select 1 from dead_letters where dead_letters.kind = 'event' and dead_letters.subject = old.id::text and dead_letters.state = 'open')
              limit ${BATCH})`,
          ),
        )
        .returning({ id: events.id }),
    ),
    steps: await repeat(() =>
      db
        .delete(runSteps)
        .where(
          inArray(
            runSteps.id,
            sql`(select steps.id from run_steps steps where steps.sermon_id is not null
              and steps.started_at < ${before(1)}::timestamptz
              and not exists (select 1 from sermons where sermons.id = steps.sermon_id) limit ${BATCH})`,
          ),
        )
        .returning({ id: runSteps.id }),
    ),
  }
}
