import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import { mediaAssets, sermons } from '#lib/db/schema.ts'

const silence = z.object({ startMs: z.number(), endMs: z.number() })

/** The stored measurement: 1,800 peaks of 0 to 255 and the pauses. */
export const waveformSchema = z.object({
  peaks: z.array(z.number().int().min(0).max(255)),
  silences: z.array(silence).default([]),
})

export type Waveform = z.infer<typeof waveformSchema>

/** Peaks and pauses of the current recording, or null before it was measured. */
export async function readMeasuredWaveform(
  { db }: { db: Database },
  { sermonId }: { sermonId: string },
): Promise<Waveform | null> {
  const [row] = await db
    .select({ details: mediaAssets.details })
    .from(mediaAssets)
    .innerJoin(
      sermons,
      and(eq(sermons.id, mediaAssets.sermonId), eq(sermons.mediaRevision, mediaAssets.revision)),
    )
    .where(and(eq(mediaAssets.sermonId, sermonId), eq(mediaAssets.kind, 'waveform')))
    .limit(1)
  return row ? waveformSchema.parse(row.details) : null
}

/** The 1,800 peaks (0 to 255) that the timeline draws, or null before the recording was measured. */
export async function readWaveform(
  { db }: { db: Database },
  { sermonId }: { sermonId: string },
): Promise<number[] | null> {
  return (await readMeasuredWaveform({ db }, { sermonId }))?.peaks ?? null
}
