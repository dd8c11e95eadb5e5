import { and, desc, eq, gte, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { deadLetters, events } from '#lib/db/schema.ts'
import { readQueueFigures } from '#lib/telemetry/read-queue-figures.ts'

/** A problem to report to the operator. Alerts with the same `key` are about the same problem. */
export type Alert = {
  kind: 'dead-letter' | 'queue'
  key: string
  subject: string
  body: string
  /** When it last got worse. An alert sent after that is not repeated. */
  latestAt: Date
}

export type AlertLimits = { siteUrl: string; queueAgeMs: number }

const MAX_GROUPS = 50
/** Older failures are not reported. */
const REPORTABLE_AGE_MS = 7 * 24 * 3_600_000

/** The current problems: open dead letters by fingerprint, and queues with an oldest run that waits too long. */
export async function findAlerts(
  { db, now }: { db: Database; now: () => Date },
  limits: AlertLimits,
): Promise<Alert[]> {
  const at = now()
  return [
    ...(await findDeadLetters(db, at, limits)),
    ...(await findOldQueues(db, at, limits)),
    ...(await findOldEvents(db, at, limits)),
  ]
}

async function findDeadLetters(db: Database, at: Date, { siteUrl }: AlertLimits): Promise<Alert[]> {
  const newest = sql<Date>`max(${deadLetters.createdAt})`.mapWith(deadLetters.createdAt)
  const groups = await db
    .select({
      fingerprint: deadLetters.fingerprint,
      type: sql<string>`min(${deadLetters.type})`,
      reason: sql<string>`(array_agg(${deadLetters.reason} order by ${deadLetters.createdAt} desc))[1]`,
      advice: sql<string>`(array_agg(${deadLetters.advice} order by ${deadLetters.createdAt} desc))[1]`,
      count: sql<number>`count(*)::int`,
      newest,
    })
    .from(deadLetters)
    .where(
      and(
        eq(deadLetters.state, 'open'),
        gte(deadLetters.createdAt, new Date(at.getTime() - REPORTABLE_AGE_MS)),
      ),
    )
    .groupBy(deadLetters.fingerprint)
    .orderBy(desc(newest))
    .limit(MAX_GROUPS)
  return groups.map(({ fingerprint, type, reason, advice, count, newest: latestAt }) => ({
    kind: 'dead-letter',
    key: `dead-letter/${fingerprint}`,
    subject: `Selah: ${count === 1 ? 'work has stopped' : `${count} pieces of work have stopped`} (${type})`,
    body: [reason, advice, `See ${siteUrl}/dashboard/jobs`].join('\n\n'),
    latestAt,
  }))
}

async function findOldQueues(db: Database, at: Date, limits: AlertLimits): Promise<Alert[]> {
  const late = at.getTime() - limits.queueAgeMs
  const queues = (await readQueueFigures({ db }))
    .flatMap(({ oldest, ...queue }) => (oldest && oldest.getTime() < late ? [{ ...queue, oldest }] : []))
    .toSorted((first, second) => first.oldest.getTime() - second.oldest.getTime())
    .slice(0, MAX_GROUPS)
  return queues.map(({ queue, backlog, oldest: since }) => ({
    kind: 'queue',
    key: `queue/${queue}`,
    subject: `Selah: work waits too long in “${queue}”`,
    body: [
      `The oldest of ${backlog} waiting in the queue “${queue}” has waited for ${minutesBetween(since, at)}.`,
      'Check whether the queue is paused, whether the job engine runs, and whether there is more work than it can do.',
      `See ${limits.siteUrl}/dashboard/jobs`,
    ].join('\n\n'),
    latestAt: at,
  }))
}

async function findOldEvents(db: Database, at: Date, limits: AlertLimits): Promise<Alert[]> {
  const [pending] = await db
    .select({
      count: sql<number>`count(*)::int`,
      oldest: sql<Date | null>`min(${events.createdAt})`.mapWith(events.createdAt),
    })
    .from(events)
    .where(eq(events.state, 'pending'))
  if (!pending?.oldest || at.getTime() - pending.oldest.getTime() <= limits.queueAgeMs) return []
  return [
    {
      kind: 'queue',
      key: 'queue/events',
      subject: 'Selah: the job engine accepts no new work',
      body: [
        `The oldest of ${pending.count} requests for work has waited for ${minutesBetween(pending.oldest, at)}. Nothing is lost: they are forwarded when the job engine accepts them.`,
        'Check that the job engine runs and that its address and key are right.',
        `See ${limits.siteUrl}/dashboard/jobs`,
      ].join('\n\n'),
      latestAt: at,
    },
  ]
}

function minutesBetween(from: Date, to: Date): string {
  return `${Math.floor((to.getTime() - from.getTime()) / 60_000)} minutes`
}
