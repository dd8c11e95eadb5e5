import { and, eq, inArray, isNull } from 'drizzle-orm'
import { z } from 'zod'
import { readRelatedRecordings } from '#lib/cuts/related-recordings.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { sermons } from '#lib/db/schema.ts'

const MAX_SERMONS = 100

/** Sermons in the query of an address: their ids, with commas. */
export const recordingsQuery = z.object({
  sermons: z
    .string()
    .transform((text) => text.split(',').map((id) => id.trim()))
    .pipe(z.array(z.uuid()).max(MAX_SERMONS))
    .describe(`At most ${MAX_SERMONS} ids, with commas between them.`),
})

/** The present recordings of sermons, for devices that keep places and lists of earlier ones. */
export const apiRecordingsSchema = z.object({
  recordings: z.array(
    z.object({
      sermonId: z.uuid(),
      recording: z.int().describe('The number of the present recording.'),
      durationMs: z.int(),
      others: z
        .array(z.object({ recording: z.int(), shiftMs: z.int() }))
        .describe('Recordings of the same upload, and what leads from their times to the present ones.'),
    }),
  ),
})

/** The present recordings of those of the sermons that are published and can be played. */
export async function listRecordings(
  { db }: { db: Database },
  { sermonIds }: { sermonIds: readonly string[] },
): Promise<z.infer<typeof apiRecordingsSchema>> {
  const rows = await db
    .select({
      sermonId: sermons.id,
      mediaRevision: sermons.mediaRevision,
      durationMs: sermons.durationMs,
    })
    .from(sermons)
    .where(
      and(
        ...[inArray(sermons.id, [...sermonIds]), isNull(sermons.trashedAt)],
        ...[eq(sermons.publication, 'published'), eq(sermons.mediaStatus, 'ready')],
      ),
    )
  const related = await readRelatedRecordings({ db }, rows)
  return {
    recordings: rows.flatMap(({ sermonId, mediaRevision, durationMs }) =>
      durationMs === null
        ? []
        : [{ sermonId, recording: mediaRevision, durationMs, others: related.get(sermonId) ?? [] }],
    ),
  }
}
