import { sql } from 'drizzle-orm'
import type { Chapter } from '#lib/chapters/chapter.ts'
import type { Transaction } from '#lib/db/connect-database.ts'
import { type ChapterSource, chapterLists } from '#lib/db/schema.ts'

/** Stores the chapters of a recording from one source, in the place of those from this source. */
export async function storeChapterList(
  tx: Transaction,
  { sermonId, churchId, mediaRevision }: { sermonId: string; churchId: string; mediaRevision: number },
  { source, chapters }: { source: ChapterSource; chapters: Chapter[] },
): Promise<void> {
  await tx
    .insert(chapterLists)
    .values({ sermonId, churchId, mediaRevision, source, chapters })
    .onConflictDoUpdate({
      target: [chapterLists.sermonId, chapterLists.mediaRevision, chapterLists.source],
      set: { chapters, revision: sql`${chapterLists.revision} + 1`, updatedAt: sql`now()` },
    })
}
