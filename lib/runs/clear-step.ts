import { and, eq, inArray, or, sql } from 'drizzle-orm'
import type { DatabaseOrTransaction } from '#lib/db/connect-database.ts'
import { runSteps } from '#lib/db/schema.ts'
import type { Facet } from '#lib/facets/facet.ts'
import { listStepsFrom } from '#lib/facets/step-dependencies.ts'

/**
 * Deletes the stored results of a step (`<facet>/<step>`) of a sermon and of every step that depends on it, so
 * that the next run repeats exactly these. Returns the affected facets.
 */
export async function clearStep(
  db: DatabaseOrTransaction,
  { sermonId, step }: { sermonId: string; step: string },
): Promise<Facet[]> {
  const cleared = listStepsFrom(step)
  const facets = [...new Set(cleared.map(({ facet }) => facet))]
  if (cleared.length === 0) return []
  await db.delete(runSteps).where(
    and(
      eq(runSteps.sermonId, sermonId),
      or(
        ...facets.map((facet) =>
          and(
            sql`starts_with(${runSteps.workKey}, ${`${sermonId}/${facet}/`})`,
            inArray(
              runSteps.name,
              cleared.filter((dependency) => dependency.facet === facet).map(({ name }) => name),
            ),
          ),
        ),
      ),
    ),
  )
  return facets
}
