import { and, eq, inArray, or, sql } from 'drizzle-orm'
import type { DatabaseOrTransaction } from '#lib/db/connect-database.ts'
import { runSteps } from '#lib/db/schema.ts'
import type { Facet } from '#lib/facets/facet.ts'
import { listStepsFrom } from '#lib/facets/step-dependencies.ts'

/**
 * Forgets the stored result of a step (`<facet>/<step>`) of a sermon and of everything made from it, so
 * that the next run does exactly these again. Returns the parts of the sermon that are touched.
 */
export async function clearStep(
  db: DatabaseOrTransaction,
  { sermonId, step }: { sermonId: string; step: string },
): Promise<Facet[]> {
  const forgotten = listStepsFrom(step)
  const facets = [...new Set(forgotten.map(({ facet }) => facet))]
  if (forgotten.length === 0) return []
  await db.delete(runSteps).where(
    and(
      eq(runSteps.sermonId, sermonId),
      or(
        ...facets.map((facet) =>
          and(
            sql`starts_with(${runSteps.workKey}, ${`${sermonId}/${facet}/`})`,
            inArray(
              runSteps.name,
              forgotten.filter((dependency) => dependency.facet === facet).map(({ name }) => name),
            ),
          ),
        ),
      ),
    ),
  )
  return facets
}
