import { and, eq, gte, isNull, lt, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import { playbackKinds, playbackReports, sermons, stallCauses } from '#lib/db/schema.ts'

const DAY_MS = 24 * 60 * 60_000
const KEPT_DAYS = 30
const LONGEST_WAIT_MS = 600_000

/** What a player reports of one wait for sound. */
export const playbackReportSchema = z.object({
  sermonId: z.uuid(),
  kind: z.enum(playbackKinds),
  cause: z.enum(stallCauses).optional(),
  waitedMs: z.number().min(0).max(LONGEST_WAIT_MS).transform(Math.round),
})

/** Stores a report with its church and time only. Returns whether it did: not for a sermon that not everyone may hear. */
export async function storePlaybackReport(
  { db }: { db: Database },
  { sermonId, kind, cause, waitedMs }: z.infer<typeof playbackReportSchema>,
): Promise<boolean> {
  const [sermon] = await db
    .select({ churchId: sermons.churchId })
    .from(sermons)
    .where(and(eq(sermons.id, sermonId), eq(sermons.publication, 'published'), isNull(sermons.trashedAt)))
    .limit(1)
  if (!sermon) return false
  await db
    .insert(playbackReports)
    .values({ ...sermon, kind, waitedMs, cause: kind === 'stall' ? (cause ?? 'slow') : null })
  return true
}

export type PlaybackFigures = {
  kind: (typeof playbackKinds)[number]
  /** Null for starts. */
  cause: (typeof stallCauses)[number] | null
  count: number
  p50Ms: number
  p95Ms: number
}

/** How long listeners of a church waited in the last hours: for the first sound, and in stalls by their cause. */
export async function readPlaybackFigures(
  { db, now }: { db: Database; now: () => Date },
  { churchId, hours }: { churchId: string; hours: number },
): Promise<PlaybackFigures[]> {
  const since = new Date(now().getTime() - hours * 60 * 60_000)
  const percentile = (part: number) =>
    sql<number>`percentile_disc(${part}) within group (order by ${playbackReports.waitedMs})::int`
  return db
    .select({
      kind: playbackReports.kind,
      cause: playbackReports.cause,
      count: sql<number>`count(*)::int`,
      p50Ms: percentile(0.5),
      p95Ms: percentile(0.95),
    })
    .from(playbackReports)
    .where(and(eq(playbackReports.churchId, churchId), gte(playbackReports.reportedAt, since)))
    .groupBy(playbackReports.kind, playbackReports.cause)
    .orderBy(sql`${playbackReports.cause} is not null, count(*) desc`)
}

/** Deletes reports that are older than 30 days. */
export async function prunePlaybackReports({ db, now }: { db: Database; now: () => Date }): Promise<void> {
  await db
    .delete(playbackReports)
    .where(lt(playbackReports.reportedAt, new Date(now().getTime() - KEPT_DAYS * DAY_MS)))
}
