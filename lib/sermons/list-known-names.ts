import { asc, eq } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import type { CollectionKind } from '#lib/sermons/collection-kind.ts'
import { collectionNames, collectionTables } from '#lib/sermons/collections.ts'
import type { KnownNames } from '#lib/sermons/guess-metadata.ts'

/** The names a church has used. */
export type UsedNames = KnownNames & { topics: readonly string[] }

/** The speakers, series and topics a church has used, by name: suggestions for forms and guesses. */
export async function listKnownNames(
  { db }: { db: Database },
  { churchId }: { churchId: string },
): Promise<UsedNames> {
  const namesOf = async (kind: CollectionKind) => {
    const rows = await db
      .select({ name: collectionNames[kind] })
      .from(collectionTables[kind])
      .where(eq(collectionTables[kind].churchId, churchId))
      .orderBy(asc(collectionNames[kind]))
      .limit(500)
    return rows.map(({ name }) => name)
  }
  const [speakers, series, topics] = await Promise.all([
    namesOf('speaker'),
    namesOf('series'),
    namesOf('topic'),
  ])
  return { speakers, series, topics }
}
