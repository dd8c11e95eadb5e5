import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import { mediaAssets, sermons } from '#lib/db/schema.ts'

/** The chapters of a recording, in order of time. */
export const chaptersSchema = z.array(z.object({ title: z.string(), startMs: z.int().nonnegative() }))

export type Chapter = z.infer<typeof chaptersSchema>[number]

const stored = z.object({ chapters: chaptersSchema.default([]) })

/** The chapters that the current recording came with: those of its podcast file. Empty where it has none. */
export async function readChapters(
  { db }: { db: Database },
  { sermonId }: { sermonId: string },
): Promise<Chapter[]> {
  const [row] = await db
    .select({ details: mediaAssets.details })
    .from(mediaAssets)
    .innerJoin(
      sermons,
      and(eq(sermons.id, mediaAssets.sermonId), eq(sermons.mediaRevision, mediaAssets.revision)),
    )
    .where(and(eq(mediaAssets.sermonId, sermonId), eq(mediaAssets.kind, 'podcast')))
    .limit(1)
  return row ? stored.parse(row.details).chapters : []
}

/** The chapters of a file as they are kept: in order, inside the recording, one at each time. */
export function tidyChapters(found: readonly Chapter[], durationMs: number): Chapter[] {
  const times = new Set<number>()
  return found
    .map(({ title, startMs }) => ({ title: title.trim(), startMs: Math.round(startMs) }))
    .toSorted((one, other) => one.startMs - other.startMs)
    .filter(({ title, startMs }) => {
      if (!title || startMs >= durationMs || times.has(startMs)) return false
      times.add(startMs)
      return true
    })
}
