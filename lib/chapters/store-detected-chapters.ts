import { and, desc, eq, isNotNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import { findChapters } from '#lib/chapters/find-chapters.ts'
import { readChapters } from '#lib/chapters/read-chapters.ts'
import { storeChapterList } from '#lib/chapters/store-chapter-list.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { chapterLists, scriptureRefs, sermons, transcripts } from '#lib/db/schema.ts'
import { enqueueEvent } from '#lib/events/enqueue-event.ts'
import { ofCurrentRecording } from '#lib/transcripts/current-transcript.ts'

/**
 * Detects the chapters of a sermon in its current transcript and stores them, also where there are none. A transcript
 * without exact times has none. Safe to run twice or at the same time.
 */
export async function storeDetectedChapters(
  { db }: { db: Database },
  { sermonId }: { sermonId: string },
): Promise<void> {
  const [sermon] = await db.select().from(sermons).where(eq(sermons.id, sermonId))
  const [transcript] = await db
    .select()
    .from(transcripts)
    .where(and(eq(transcripts.sermonId, sermonId), ofCurrentRecording))
    .orderBy(desc(transcripts.revision))
    .limit(1)
  if (!sermon || !transcript || transcript.isApproximate || transcript.mediaRevision === 0) return
  const { churchId, mediaRevision } = sermon
  const named = await db
    .select()
    .from(scriptureRefs)
    .where(and(eq(scriptureRefs.transcriptId, transcript.id), isNotNull(scriptureRefs.firstWord)))
  const chapters = await findChapters(db, {
    ...transcript,
    references: named.flatMap(({ firstVerse, lastVerse, firstWord, kind }) =>
      firstWord === null ? [] : [{ start: firstVerse, end: lastVerse, firstWord, kind }],
    ),
    durationMs: sermon.durationMs ?? transcript.words.at(-1)?.[2] ?? 0,
  })
  await db.transaction(async (tx) => {
    const [current] = await tx
      .select({ mediaRevision: sermons.mediaRevision, revision: sermons.transcriptRevision })
      .from(sermons)
      .where(eq(sermons.id, sermonId))
      .for('update')
    // A newer transcript is indexed too, and its chapters are detected then.
    if (current?.mediaRevision !== mediaRevision || current.revision !== sermon.transcriptRevision) return
    const before = await readChapters({ db: tx }, { sermonId })
    await storeChapterList(tx, { sermonId, churchId, mediaRevision }, { source: 'detected', chapters })
    const after = await readChapters({ db: tx }, { sermonId })
    if (JSON.stringify(before.chapters) === JSON.stringify(after.chapters)) return
    await enqueueEvent(tx, {
      type: 'sermon.tags-changed',
      churchId,
      sermonId,
      payload: { churchId, sermonId },
    })
  })
}

/** Detects the chapters of sermons that were indexed before there was any detection. Returns how many were read. */
export async function storeMissingChapters(
  { db }: { db: Database },
  { limit }: { limit: number },
): Promise<number> {
  const { rows } = await db.execute(sql`
    select s.id from ${sermons} s
    join ${transcripts} t on t.sermon_id = s.id and t.media_revision = s.media_revision
      and t.revision = s.transcript_revision and not t.is_approximate
    where s.index_status = 'ready' and s.media_revision > 0 and s.trashed_at is null and not exists (
      select 1 from ${chapterLists} c
      where c.sermon_id = s.id and c.media_revision = s.media_revision and c.source = 'detected')
    order by s.id limit ${limit}`)
  const missing = z.array(z.object({ id: z.string() })).parse(rows)
  for (const { id } of missing) await storeDetectedChapters({ db }, { sermonId: id })
  return missing.length
}
