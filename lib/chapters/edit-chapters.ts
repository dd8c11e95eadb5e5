import { and, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type EditableChapters, readEditableChapters } from '#lib/chapters/read-chapters.ts'
import { storeChapterList } from '#lib/chapters/store-chapter-list.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { sermons } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { enqueueEvent } from '#lib/events/enqueue-event.ts'
import { textLine } from '#lib/text/text-input.ts'

export const LONGEST_CHAPTER_TITLE = 200
/** The number of chapters in the tag of a podcast file is one byte. */
const MOST_CHAPTERS = 255

/** All chapters of a recording. `revision` is that of the list which was changed, 0 before the first change. */
export const chapterInputSchema = z.object({
  revision: z.number().int().nonnegative(),
  chapters: z
    .array(
      z.object({
        title: textLine({ name: 'chapter title', max: LONGEST_CHAPTER_TITLE }),
        startMs: z.number().int().nonnegative(),
      }),
    )
    .max(MOST_CHAPTERS),
})

/**
 * Replaces the chapters of the current recording by those of a person; none are allowed too. Throws AppError `conflict`
 * (reason `chapters.newer_revision`) when someone else changed them since `revision`, `unprocessable` for chapters
 * without a title, at the same time or outside the recording, and `not_found`.
 */
export async function editChapters(
  { db }: { db: Database },
  { sermonId, churchId }: { sermonId: string; churchId: string },
  { revision, chapters }: z.infer<typeof chapterInputSchema>,
): Promise<EditableChapters> {
  return db.transaction(async (tx) => {
    const [sermon] = await tx
      .select()
      .from(sermons)
      .where(and(eq(sermons.id, sermonId), eq(sermons.churchId, churchId), isNull(sermons.trashedAt)))
      .for('update')
    if (!sermon) throw new AppError('not_found', 'There is no such sermon.')
    const { mediaRevision, durationMs } = sermon
    if (mediaRevision === 0 || durationMs === null) {
      throw new AppError('unprocessable', 'Chapters need a recording that can be played.')
    }
    const current = await readEditableChapters({ db: tx }, { sermonId })
    if (current.revision !== revision) {
      throw new AppError('conflict', 'Someone changed these chapters in the meantime. Load the page again.', {
        reason: 'chapters.newer_revision',
      })
    }
    const ordered = chapters.toSorted((one, other) => one.startMs - other.startMs)
    requireUsable(ordered, durationMs)
    await storeChapterList(tx, { sermonId, churchId, mediaRevision }, { source: 'edited', chapters: ordered })
    await enqueueEvent(tx, {
      type: 'sermon.tags-changed',
      churchId,
      sermonId,
      payload: { churchId, sermonId },
    })
    await tx.update(sermons).set({ updatedAt: sql`now()` }).where(eq(sermons.id, sermonId))
    return readEditableChapters({ db: tx }, { sermonId })
  })
}

function requireUsable(chapters: readonly { title: string; startMs: number }[], durationMs: number): void {
  for (const [index, { title, startMs }] of chapters.entries()) {
    if (title === '') throw new AppError('unprocessable', 'Give every chapter a title.')
    if (startMs >= durationMs) {
      throw new AppError('unprocessable', `“${title}” begins after the end of the recording.`)
    }
    if (chapters[index + 1]?.startMs === startMs) {
      throw new AppError('unprocessable', `“${title}” and the chapter after it begin at the same time.`)
    }
  }
}
