import { asc, eq } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { series, speakers } from '#lib/db/schema.ts'

/** The speakers and series a church has used, by name: suggestions for forms and guesses. */
export async function listKnownNames(
  { db }: { db: Database },
  { churchId }: { churchId: string },
): Promise<{ speakers: string[]; series: string[] }> {
  const speakerRows = await db
    .select({ name: speakers.name })
    .from(speakers)
    .where(eq(speakers.churchId, churchId))
    .orderBy(asc(speakers.name))
    .limit(500)
  const seriesRows = await db
    .select({ title: series.title })
    .from(series)
    .where(eq(series.churchId, churchId))
    .orderBy(asc(series.title))
    .limit(500)
  return { speakers: speakerRows.map(({ name }) => name), series: seriesRows.map(({ title }) => title) }
}
