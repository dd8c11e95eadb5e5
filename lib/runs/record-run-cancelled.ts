import { and, eq, notInArray } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { runs } from '#lib/db/schema.ts'
import { failFacetOfRun } from '#lib/facets/fail-facet.ts'
import { finalStatuses } from '#lib/jobs/run-statuses.ts'

/** Records that a run was cancelled while it was running, and marks its facet in the same transaction. */
export async function recordRunCancelled(
  { db }: { db: Database },
  { runId }: { runId: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    const [run] = await tx
      .update(runs)
      .set({ status: 'cancelled', finishedAt: new Date(), updatedAt: new Date() })
      .where(and(eq(runs.id, runId), notInArray(runs.status, [...finalStatuses])))
      .returning()
    if (run) await failFacetOfRun(tx, run)
  })
}
