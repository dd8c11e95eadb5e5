import { createHash, randomBytes } from 'node:crypto'
import { and, desc, eq, gte, lt, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { downloadCounts, downloadRequests, downloadSalts, sermons } from '#lib/db/schema.ts'
import { readClientKey } from '#lib/rate-limits/client-key.ts'
import { isCountedClient } from './is-counted-client.ts'
import { requestedBytes } from './requested-bytes.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
/** The audio data of a minute, where the duration of the file is not known: 128 kbit/s. */
const USUAL_MINUTE_BYTES = 960_000

const dayOf = (date: Date) => date.toISOString().slice(0, 10)

/** Whether what one listener requested of a file in a day is a download: at least a minute of it. */
const isDownload = sql`(
  select coalesce(sum(upper(part) - lower(part)), 0) from unnest(${downloadRequests.ranges}) part
) >= ${downloadRequests.minuteBytes}`

/**
 * Notes which bytes of a podcast file a request asks for, as the measurement guidelines of the IAB describe: the parts
 * that one listener requests in a day (UTC) are merged, and programs are left out. A listener is a digest of address,
 * user agent and a salt that exists for that day only.
 */
export async function noteDownload(
  { db, now }: { db: Database; now: () => Date },
  request: { headers: Headers; sermonId: string; sizeBytes: number; durationMs: number | null },
): Promise<void> {
  const { headers, sermonId, sizeBytes, durationMs } = request
  const userAgent = headers.get('user-agent') ?? ''
  const bytes = requestedBytes(headers.get('range'), sizeBytes)
  if (bytes === null || !isCountedClient(userAgent)) return
  const day = dayOf(now())
  const salt = await saltOf(db, day)
  const listener = createHash('sha256')
    .update(salt)
    .update(`${readClientKey(headers).key}\0${userAgent}`)
    .digest('base64url')
  const perMinute = durationMs ? Math.ceil((sizeBytes * MINUTE_MS) / durationMs) : USUAL_MINUTE_BYTES
  const ranges = sql`int8multirange(int8range(${bytes.start}, ${bytes.end}))`
  await db
    .insert(downloadRequests)
    // A sermon of less than a minute is downloaded when all of it is.
    .values({ day, sermonId, listener, ranges, minuteBytes: Math.min(perMinute, sizeBytes) })
    .onConflictDoUpdate({
      target: [downloadRequests.day, downloadRequests.sermonId, downloadRequests.listener],
      set: { ranges: sql`${downloadRequests.ranges} + excluded.ranges` },
    })
}

async function saltOf(db: Database, day: string): Promise<Buffer> {
  const read = () =>
    db.select({ salt: downloadSalts.salt }).from(downloadSalts).where(eq(downloadSalts.day, day)).limit(1)
  const [known] = await read()
  if (known) return known.salt
  await db
    .insert(downloadSalts)
    .values({ day, salt: randomBytes(32) })
    .onConflictDoNothing()
  const [made] = await read()
  if (!made) throw new Error(`There is no salt for ${day}.`)
  return made.salt
}

/** Counts the downloads of the days that are over, and deletes everything that they were counted from. */
export async function countDownloads({ db, now }: { db: Database; now: () => Date }): Promise<void> {
  const today = dayOf(now())
  await db.transaction(async (transaction) => {
    await transaction.execute(sql`
      insert into ${downloadCounts} (sermon_id, day, downloads)
      select ${downloadRequests.sermonId}, ${downloadRequests.day}, count(*) from ${downloadRequests}
      where ${downloadRequests.day} < ${today} and ${isDownload}
      group by 1, 2
      on conflict (sermon_id, day) do update set downloads = ${downloadCounts}.downloads + excluded.downloads`)
    await transaction.delete(downloadRequests).where(lt(downloadRequests.day, today))
    await transaction.delete(downloadSalts).where(lt(downloadSalts.day, today))
  })
}

export type Downloads = {
  last7Days: number
  last30Days: number
  /** Those with the most downloads in 30 days. */
  sermons: { id: string; title: string; downloads: number }[]
}

/** The downloads of the podcast files of a church until now; today's are those so far. */
export async function readDownloads(
  { db, now }: { db: Database; now: () => Date },
  { churchId, limit = 10 }: { churchId: string; limit?: number },
): Promise<Downloads> {
  const since = (days: number) => dayOf(new Date(now().getTime() - (days - 1) * DAY_MS))
  const counted = db
    .select({
      sermonId: downloadCounts.sermonId,
      day: downloadCounts.day,
      downloads: downloadCounts.downloads,
    })
    .from(downloadCounts)
    .where(gte(downloadCounts.day, since(30)))
    .unionAll(
      db
        .select({
          sermonId: downloadRequests.sermonId,
          day: downloadRequests.day,
          downloads: sql<number>`1`.as('downloads'),
        })
        .from(downloadRequests)
        .where(and(gte(downloadRequests.day, since(30)), isDownload)),
    )
    .as('counted')
  const of = (from: string) =>
    sql<number>`coalesce(sum(${counted.downloads}) filter (where ${counted.day} >= ${from}), 0)::int`
  const rows = await db
    .select({
      id: sermons.id,
      title: sermons.title,
      downloads: of(since(30)),
      lately: of(since(7)),
    })
    .from(counted)
    .innerJoin(sermons, eq(sermons.id, counted.sermonId))
    .where(eq(sermons.churchId, churchId))
    .groupBy(sermons.id)
    .orderBy(desc(of(since(30))), sermons.title)
  return {
    last7Days: rows.reduce((sum, { lately }) => sum + lately, 0),
    last30Days: rows.reduce((sum, { downloads }) => sum + downloads, 0),
    sermons: rows.slice(0, limit).map(({ id, title, downloads }) => ({ id, title, downloads })),
  }
}
