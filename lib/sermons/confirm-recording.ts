import type { Database } from '#lib/db/connect-database.ts'
import { auditLog } from '#lib/db/schema.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import { publishHeldSermon } from '#lib/sermons/publish-sermon.ts'
import { confirmWarnings } from '#lib/sermons/recording-warnings.ts'

/**
 * Records that the current recording of a sermon is used in spite of its warnings. A scheduled sermon whose time
 * passed in the meantime is published. Throws `not_found` for another church's sermon.
 */
export async function confirmRecording(
  { db }: { db: Database },
  { sermonId, churchId, actorId }: { sermonId: string; churchId: string; actorId: string | null },
): Promise<void> {
  const sermon = await findChurchSermon({ db }, { id: sermonId, churchId })
  await db.transaction(async (tx) => {
    await confirmWarnings(tx, sermon)
    await publishHeldSermon(tx, { sermonId })
    await tx.insert(auditLog).values({
      churchId,
      actorId,
      action: 'recording.confirmed',
      subject: sermonId,
      details: { mediaRevision: sermon.mediaRevision },
    })
  })
}
