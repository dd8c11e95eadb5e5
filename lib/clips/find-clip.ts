import { desc, eq, sql } from 'drizzle-orm'
import { type Actor, isMember } from '#lib/auth/actor.ts'
import { type ClipRow, isCurrentClip } from '#lib/clips/is-current-clip.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { clips, sermons, transcripts } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { findVisibleSermon } from '#lib/sermons/find-sermon.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'

/** `isDraft`: no person has reviewed its words. */
export type FoundClip = { clip: ClipRow; sermon: SermonView; isCurrent: boolean; isDraft: boolean }

const isDraft = sql<boolean>`coalesce((
  select t.is_draft from ${transcripts} t
  where t.sermon_id = ${sermons.id} and t.media_revision = ${sermons.mediaRevision}
  order by t.revision desc limit 1), false)`

const notHere = () =>
  new AppError('not_found', 'This clip does not exist. It may have been removed, or its sermon has changed.')

/**
 * A clip that the actor may see: a ready one of a published sermon, or any clip of a church they belong to. A clip that
 * is out of date, or whose sermon is not published or in the trash, is not found by listeners. Throws `not_found`.
 */
export async function findVisibleClip(
  { db }: { db: Database },
  { id, actor }: { id: string; actor: Actor | null },
): Promise<FoundClip> {
  const [row] = await db
    .select({ clip: clips, transcriptRevision: sermons.transcriptRevision, isDraft })
    .from(clips)
    .innerJoin(sermons, eq(sermons.id, clips.sermonId))
    .where(eq(clips.id, id))
  if (!row) throw notHere()
  const sermon = await findVisibleSermon({ db }, { id: row.clip.sermonId, actor })
  const { mediaRevision } = sermon
  const { clip, transcriptRevision } = row
  const isCurrent = await isCurrentClip({ db }, clip, { mediaRevision, transcriptRevision })
  if (!(isCurrent && clip.status === 'ready') && !isMember(actor, clip.churchId)) throw notHere()
  return { clip, sermon, isCurrent, isDraft: row.isDraft }
}

/** The clips of a sermon that the actor may see, newest first. Throws `not_found` for a sermon that they may not see. */
export async function listClips(
  { db }: { db: Database },
  { sermonId, actor }: { sermonId: string; actor: Actor | null },
): Promise<Omit<FoundClip, 'sermon'>[]> {
  const { mediaRevision, churchId } = await findVisibleSermon({ db }, { id: sermonId, actor })
  const rows = await db
    .select({ clip: clips, transcriptRevision: sermons.transcriptRevision, isDraft })
    .from(clips)
    .innerJoin(sermons, eq(sermons.id, clips.sermonId))
    .where(eq(clips.sermonId, sermonId))
    .orderBy(desc(clips.createdAt))
  const listed: Omit<FoundClip, 'sermon'>[] = []
  for (const { clip, transcriptRevision, isDraft } of rows) {
    const isCurrent = await isCurrentClip({ db }, clip, { mediaRevision, transcriptRevision })
    if ((isCurrent && clip.status === 'ready') || isMember(actor, churchId))
      listed.push({ clip, isCurrent, isDraft })
  }
  return listed
}
