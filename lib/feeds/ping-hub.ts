import { and, asc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { feedPings, sermons } from '#lib/db/schema.ts'
import { feedPath } from '#lib/feeds/feed-path.ts'
import { collectionKinds } from '#lib/sermons/collection-kind.ts'
import { collectionMembers, collectionTables } from '#lib/sermons/collections.ts'

const TIMEOUT_MS = 10_000
const FIRST_DELAY_MS = 60_000
const MAX_DELAY_MS = 60 * 60_000

/** What a feed shows: a change of it, and a sermon that is no longer in it, give another state. */
const state = sql<string>`count(*) || ' ' || coalesce(max(${sermons.updatedAt})::text, '')`
const isInFeed = and(
  eq(sermons.publication, 'published'),
  eq(sermons.mediaStatus, 'ready'),
  isNull(sermons.trashedAt),
)

/**
 * Notifies the WebSub hub of the feeds that have changed since the last time, church by church. A hub that does not
 * answer is notified again, after a minute at first and after an hour at most; the state is in the database, so no
 * change is lost when a process dies. Returns for how many churches the hub was notified.
 */
export async function pingHub(
  { db, now, fetch }: { db: Database; now: () => Date; fetch: typeof globalThis.fetch },
  { hubUrl, siteUrl }: { hubUrl: string; siteUrl: string },
): Promise<number> {
  const changed = await db
    .select({ churchId: sermons.churchId, state, pingedAt: feedPings.pingedAt, failures: feedPings.failures })
    .from(sermons)
    .leftJoin(feedPings, eq(feedPings.churchId, sermons.churchId))
    .where(and(isInFeed, or(isNull(feedPings.nextAttemptAt), lte(feedPings.nextAttemptAt, now()))))
    .groupBy(sermons.churchId, feedPings.churchId)
    .having(sql`${feedPings.pingedState} is distinct from ${state}`)
    .orderBy(asc(sermons.churchId))
  let notified = 0
  for (const { churchId, state: pingedState, pingedAt, failures } of changed) {
    // Taken before, so that a change during the request is reported the next time.
    const startedAt = now()
    try {
      await notify(fetch, hubUrl, await listFeeds(db, { churchId, siteUrl, since: pingedAt }))
      await keep(db, { churchId, pingedState, pingedAt: startedAt, failures: 0, nextAttemptAt: startedAt })
      notified += 1
    } catch (error) {
      console.warn('The WebSub hub was not notified of new sermons.', error)
      const delayMs = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures ?? 0))
      const nextAttemptAt = new Date(startedAt.getTime() + delayMs)
      await keep(db, { churchId, failures: (failures ?? 0) + 1, nextAttemptAt })
    }
  }
  return notified
}

async function keep(db: Database, values: typeof feedPings.$inferInsert): Promise<void> {
  const { churchId: _, ...set } = values
  await db.insert(feedPings).values(values).onConflictDoUpdate({ target: feedPings.churchId, set })
}

/** The feed of the church, and those of the series, speakers and topics with a sermon that has changed since then. */
async function listFeeds(
  db: Database,
  { churchId, siteUrl, since }: { churchId: string; siteUrl: string; since: Date | null },
): Promise<string[]> {
  const base = siteUrl.replace(/\/$/, '')
  const paths = [feedPath({ kind: 'church' })]
  for (const kind of collectionKinds) {
    const table = collectionTables[kind]
    const rows = await db
      .selectDistinct({ slug: table.slug })
      .from(table)
      .innerJoin(collectionMembers[kind], sql`members.collection_id = ${table.id}`)
      .innerJoin(sermons, sql`${sermons.id} = members.sermon_id`)
      .where(and(eq(sermons.churchId, churchId), isInFeed, since ? gt(sermons.updatedAt, since) : undefined))
      .orderBy(table.slug)
    paths.push(...rows.map(({ slug }) => feedPath({ kind, slug })))
  }
  return paths.map((path) => `${base}${path}`)
}

/** Any answer of 200 to 299 means that the hub accepted it. Hubs take one address for each request. */
async function notify(
  fetch: typeof globalThis.fetch,
  hubUrl: string,
  feedUrls: readonly string[],
): Promise<void> {
  for (const feedUrl of feedUrls) {
    const response = await fetch(hubUrl, {
      method: 'POST',
      headers: { 'user-agent': 'selah' },
      body: new URLSearchParams({ 'hub.mode': 'publish', 'hub.url': feedUrl, 'hub.topic': feedUrl }),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    // The body is not needed, and it may never end.
    await response.body?.cancel()
    if (!response.ok) throw new Error(`${new URL(hubUrl).host} answered ${response.status}.`)
  }
}
