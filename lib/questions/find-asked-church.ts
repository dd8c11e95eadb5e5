import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import type { SearchScope } from '#lib/search/search-scope.ts'

/**
 * The id of the church that a question concerns, as SQL: the one whose sermon, series or speaker is asked, else the
 * one whose sermon came nearest, else the only church there is; else null.
 */
export function askedChurch(scope: SearchScope, nearestSermonId: string | null): SQL {
  const ofSermon = (id: string | null) => sql`(select church_id from sermons where id = ${id}::uuid)`
  // The slug of a series or a speaker may be used by several churches.
  return sql`coalesce(
    ${ofSermon(scope.sermonId ?? null)},
    (select min(church_id::text)::uuid from series where slug = ${scope.seriesSlug ?? null}::text having count(*) = 1),
    (select min(church_id::text)::uuid from speakers where slug = ${scope.speakerSlug ?? null}::text having count(*) = 1),
    ${ofSermon(nearestSermonId)},
    (select min(id::text)::uuid from churches having count(*) = 1))`
}

const row = z.object({ timeZone: z.string(), careHelp: z.string().nullable() })

/** The time zone and the help text of the church that a question concerns; null where no church is meant. */
export async function readAskedChurch(
  { db }: { db: Database },
  scope: SearchScope,
): Promise<z.infer<typeof row> | null> {
  const { rows } = await db.execute(sql`
    select time_zone as "timeZone", care_help as "careHelp" from churches where id = ${askedChurch(scope, null)}`)
  return z.array(row).parse(rows)[0] ?? null
}
