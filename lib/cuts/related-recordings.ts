import { and, inArray, notInArray } from 'drizzle-orm'
import type { StoredCut } from '#lib/cuts/find-cut.ts'
import type { DatabaseOrTransaction } from '#lib/db/connect-database.ts'
import { recordingCuts } from '#lib/db/schema.ts'

/** Another recording of a sermon that is made of the same upload: `shiftMs` leads from its times to the present ones. */
export type RelatedRecording = { recording: number; shiftMs: number }

/**
 * The other recordings whose times can be found in the present one: the whole and its parts, each of them a recording with
 * a number of its own. A recording of another upload is not among them.
 */
export function relatedRecordings(
  cuts: readonly Pick<StoredCut, 'mediaRevision' | 'baseRevision' | 'startMs'>[],
  mediaRevision: number,
): RelatedRecording[] {
  const present = cuts.find((cut) => cut.mediaRevision === mediaRevision)
  const { baseRevision, startMs } = present ?? { baseRevision: mediaRevision, startMs: 0 }
  const whole = { mediaRevision: baseRevision, startMs: 0 }
  return [whole, ...cuts.filter((cut) => cut.baseRevision === baseRevision)]
    .filter((recording) => recording.mediaRevision !== mediaRevision)
    .map((recording) => ({
      recording: recording.mediaRevision,
      shiftMs: recording.startMs - startMs,
    }))
}

/** `relatedRecordings` of some sermons, by sermon. Parts that were never published are left out. */
export async function readRelatedRecordings(
  { db }: { db: DatabaseOrTransaction },
  sermons: readonly { sermonId: string; mediaRevision: number }[],
): Promise<Map<string, RelatedRecording[]>> {
  if (sermons.length === 0) return new Map()
  const ids = sermons.map(({ sermonId }) => sermonId)
  const cuts = await db
    .select()
    .from(recordingCuts)
    .where(and(inArray(recordingCuts.sermonId, ids), notInArray(recordingCuts.state, ['pending', 'failed'])))
  return new Map(
    sermons.map(({ sermonId, mediaRevision }) => [
      sermonId,
      relatedRecordings(
        cuts.filter((cut) => cut.sermonId === sermonId),
        mediaRevision,
      ),
    ]),
  )
}
