import { and, asc, desc, eq, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#lib/db/connect-database.ts'
import { deadLetters, events, type FacetStatus, runs, scheduledEvents, sermons } from '#lib/db/schema.ts'
import { recordDeadLetter } from '#lib/dead-letters/record-dead-letter.ts'
import { fingerprintError } from '#lib/describe-error.ts'
import type { Facet } from '#lib/facets/facet.ts'
import { facetTasks } from '#lib/facets/facet-tasks.ts'
import { explainStoppedFacet } from '#lib/facets/fail-facet.ts'
import { setFacet } from '#lib/facets/set-facet.ts'
import { finalStatuses } from '#lib/jobs/run-statuses.ts'

/** How long a facet may be without a live run, as it is between the end of one run and the start of the next. */
export const FACET_GRACE_MS = 120_000
const BATCH = 200
const moving: FacetStatus[] = ['pending', 'running']
const facets = ['media', 'transcript', 'index'] as const

/**
 * Finds facets that are `pending` or `running` although no waiting event and no live run could change them.
 * Each is marked `failed` with an error, and gets a dead letter unless one for the same work is open or a user
 * cancelled the run. Returns how many facets were found.
 */
export async function reconcileFacets({ db, now }: { db: Database; now: () => Date }): Promise<number> {
  const quietSince = new Date(now().getTime() - FACET_GRACE_MS)
  const stopped = await db
    .select({ id: sermons.id })
    .from(sermons)
    .where(
      and(
        isAnyMoving(),
        isNull(sermons.trashedAt),
        lt(sermons.updatedAt, quietSince),
        hasNoLiveWork(quietSince),
      ),
    )
    .orderBy(asc(sermons.updatedAt))
    .limit(BATCH)
  let found = 0
  for (const { id } of stopped) found += await db.transaction((tx) => failStalledFacets(tx, id, quietSince))
  return found
}

const isAnyMoving = () =>
  or(
    inArray(sermons.mediaStatus, moving),
    inArray(sermons.transcriptStatus, moving),
    inArray(sermons.indexStatus, moving),
  )

function hasNoLiveWork(quietSince: Date): SQL {
  const ended = sql.join(
    finalStatuses.map((status) => sql`${status}`),
    sql`, `,
  )
  return sql`not exists (
      select 1 from ${events} where ${events.sermonId} = ${sermons.id}
      and (${events.state} = 'pending' or ${events.forwardedAt} > ${quietSince})
    ) and not exists (
      select 1 from ${scheduledEvents} where ${scheduledEvents.sermonId} = ${sermons.id}
      and ${scheduledEvents.type} <> 'sermon.publish-due'
    ) and not exists (
      select 1 from ${runs} where ${runs.sermonId} = ${sermons.id}
      and (${runs.status} not in (${ended}) or ${runs.finishedAt} > ${quietSince})
    )`
}

async function failStalledFacets(tx: Transaction, sermonId: string, quietSince: Date): Promise<number> {
  // Checked again with the row locked: work may have started since.
  const [sermon] = await tx
    .select()
    .from(sermons)
    .where(
      and(
        eq(sermons.id, sermonId),
        isNull(sermons.trashedAt),
        lt(sermons.updatedAt, quietSince),
        hasNoLiveWork(quietSince),
      ),
    )
    .for('update')
  if (!sermon) return 0
  const [last] = await tx
    .select()
    .from(runs)
    .where(eq(runs.sermonId, sermonId))
    .orderBy(desc(runs.createdAt))
    .limit(1)
  const statuses: Record<Facet, FacetStatus> = {
    media: sermon.mediaStatus,
    transcript: sermon.transcriptStatus,
    index: sermon.indexStatus,
  }
  let found = 0
  for (const facet of facets) {
    if (!moving.includes(statuses[facet])) continue
    found += 1
    const error = explainStoppedFacet(facet, last?.status ?? null)
    await setFacet(tx, { sermonId, facet, status: 'failed', error })
    if (last?.status === 'cancelled' || (await isRecorded(tx, sermonId, facet))) continue
    const described = { name: 'FacetStopped', message: '', reason: error.reason }
    await recordDeadLetter(tx, {
      kind: 'facet',
      subject: `${sermonId}/${facet}`,
      type: facetTasks[facet][0],
      churchId: sermon.churchId,
      sermonId,
      eventId: last?.eventId ?? null,
      runId: last?.id ?? null,
      fingerprint: fingerprintError(facetTasks[facet][0], described),
      reason: `The sermon’s ${facet} was shown as ${statuses[facet]}, but nothing was working on it.`,
      advice: 'Redrive: finished steps are skipped. If it happens again, read the log of its last run.',
      details: { facet, status: statuses[facet] },
    })
  }
  return found
}

/** Whether an open dead letter of an event or run already reports the same stop. */
async function isRecorded(tx: Transaction, sermonId: string, facet: Facet): Promise<boolean> {
  const [open] = await tx
    .select({ id: deadLetters.id })
    .from(deadLetters)
    .where(
      and(
        eq(deadLetters.sermonId, sermonId),
        eq(deadLetters.state, 'open'),
        or(
          eq(deadLetters.kind, 'event'),
          and(
            eq(deadLetters.kind, 'run'),
            inArray(deadLetters.type, ['process-sermon', ...facetTasks[facet]]),
          ),
        ),
      ),
    )
    .limit(1)
  return open !== undefined
}
