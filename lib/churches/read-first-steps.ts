import type { Database } from '#lib/db/connect-database.ts'
import { installation } from '#lib/db/schema.ts'

/**
 * Reads what to show in an installation without sermons: whether it has an owner, and whether its samples are being
 * imported.
 */
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
