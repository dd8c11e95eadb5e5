import type { Database } from '#lib/db/connect-database.ts'
import { installation } from '#lib/db/schema.ts'

/** What an installation without sermons should say: nobody owns it, or its samples are on their way. */
export async function readFirstSteps(
  { db }: { db: Database },
  { samplesWanted }: { samplesWanted: boolean },
): Promise<{ isSetUp: boolean; awaitsSamples: boolean }> {
  const [row] = await db
    .select({
      setUpAt: installation.setUpAt,
      importedAt: installation.samplesImportedAt,
      removedAt: installation.samplesRemovedAt,
    })
    .from(installation)
  const isSetUp = row?.setUpAt != null
  return { isSetUp, awaitsSamples: samplesWanted && isSetUp && !row.importedAt && !row.removedAt }
}
