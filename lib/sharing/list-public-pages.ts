import { and, eq, isNull, max } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { series, sermons, speakers } from '#lib/db/schema.ts'

/** The most addresses that a sitemap may name. */
const MAX_PAGES = 50_000

type PublicPage = { path: string; changedAt: string | null }

/** Every page that search engines may find: sermons, series and speakers, with the time of the last change. */
export async function listPublicPages({ db }: { db: Database }): Promise<PublicPage[]> {
  const isPublic = and(eq(sermons.publication, 'published'), isNull(sermons.trashedAt))
  const [sermonRows, seriesRows, speakerRows] = await Promise.all([
    db
      .select({ slug: sermons.slug, at: sermons.updatedAt })
      .from(sermons)
      .where(isPublic)
      .orderBy(sermons.createdAt, sermons.slug)
      .limit(MAX_PAGES),
    db
      .select({ slug: series.slug, at: max(sermons.updatedAt) })
      .from(series)
      .innerJoin(sermons, eq(sermons.seriesId, series.id))
      .where(isPublic)
      .groupBy(series.slug)
      .orderBy(series.slug),
    db
      .select({ slug: speakers.slug, at: max(sermons.updatedAt) })
      .from(speakers)
      .innerJoin(sermons, eq(sermons.speakerId, speakers.id))
      .where(isPublic)
      .groupBy(speakers.slug)
      .orderBy(speakers.slug),
  ])
  const pages = (folder: string, rows: { slug: string; at: Date | null }[]) =>
    rows.map(({ slug, at }) => ({
      path: `/${folder}/${encodeURIComponent(slug)}`,
      changedAt: at?.toISOString() ?? null,
    }))
  const newest = sermonRows.reduce<string | null>((latest, { at }) => {
    const iso = at.toISOString()
    return latest === null || iso > latest ? iso : latest
  }, null)
  const fixed = ['/', '/sermons', '/series', '/speakers', '/bible'].map((path) => ({
    path,
    changedAt: newest,
  }))
  return [
    ...fixed,
    ...pages('series', seriesRows),
    ...pages('speakers', speakerRows),
    ...pages('sermons', sermonRows),
  ].slice(0, MAX_PAGES)
}
