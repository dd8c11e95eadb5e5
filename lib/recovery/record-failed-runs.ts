import { and, asc, gt, inArray, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { deadLetters, runs } from '#lib/db/schema.ts'
import { recordDeadLetter } from '#lib/dead-letters/record-dead-letter.ts'
import { fingerprintError } from '#lib/describe-error.ts'
import { runStatusGroups } from '#lib/jobs/run-statuses.ts'
import { expectedCodes, explainRunFailure } from '#lib/recovery/explain-run-failure.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const BATCH = 200

/**
 * Records a dead letter for every run that failed within the last day and has none, whether or not its hooks
 * ran. Skips failures that the user must fix, and runs that the engine lost, because their events are forwarded
 * again. Returns how many were recorded.
 */
export async function recordFailedRuns({ db, now }: { db: Database; now: () => Date }): Promise<number> {
  const expected = sql.join(
    expectedCodes.map((code) => sql`${code}`),
    sql`, `,
  )
  const failed = await db
    .select()
    .from(runs)
    .where(
      and(
        inArray(runs.status, [...runStatusGroups.bad]),
        gt(runs.createdAt, new Date(now().getTime() - 30 * DAY_MS)),
        gt(runs.finishedAt, new Date(now().getTime() - DAY_MS)),
        sql`coalesce(${runs.error} ->> 'code', '') not in (${expected})`,
        sql`coalesce(${runs.error} ->> 'reason', '') <> 'run.lost'`,
        sql`not exists (select 1 from ${deadLetters} where ${deadLetters.kind} = 'run' and ${deadLetters.subject} = ${runs.id})`,
      ),
    )
    .orderBy(asc(runs.finishedAt))
    .limit(BATCH)
  let recorded = 0
  for (const run of failed) {
    const error = run.error ?? { name: run.status, message: '' }
    const deadLetterId = await recordDeadLetter(db, {
      kind: 'run',
      subject: run.id,
      type: run.taskId,
      churchId: run.churchId,
      sermonId: run.sermonId,
      eventId: run.eventId,
      runId: run.id,
      fingerprint: run.errorFingerprint ?? fingerprintError(run.taskId, error),
      ...explainRunFailure(run),
      details: { status: run.status, attempt: run.attempt, error },
    })
    if (deadLetterId) recorded += 1
  }
  return recorded
}
