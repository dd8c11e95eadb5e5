import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Chapter, chaptersSchema } from '#lib/chapters/chapter.ts'
import type { DatabaseOrTransaction } from '#lib/db/connect-database.ts'
import { type ChapterSource, chapterLists, chapterSources, sermons } from '#lib/db/schema.ts'

/** The chapters that listeners see and where they come from; `source` is null where there are none from any source. */
export type ShownChapters = { source: ChapterSource | null; chapters: Chapter[] }

export const apiChaptersSchema = z.object({
  source: z.enum(chapterSources).nullable(),
  chapters: chaptersSchema,
  revision: z.int().describe('Increases with every edit; 0 before the first one.'),
  detected: chaptersSchema.describe('Found in the transcript. Shown where the list has no other source.'),
})

/** What the team sees: also the revision of the edited list, and what was detected. */
export type EditableChapters = z.infer<typeof apiChaptersSchema>

/** The chapters of the current recording. */
export async function readChapters(
  { db }: { db: DatabaseOrTransaction },
  { sermonId }: { sermonId: string },
): Promise<ShownChapters> {
  const { source, chapters } = await readEditableChapters({ db }, { sermonId })
  return { source, chapters }
}

/** The chapters of the current recording, with what an editor needs to change them. */
export async function readEditableChapters(
  { db }: { db: DatabaseOrTransaction },
  { sermonId }: { sermonId: string },
): Promise<EditableChapters> {
  const rows = await db
    .select({
      source: chapterLists.source,
      chapters: chapterLists.chapters,
      revision: chapterLists.revision,
    })
    .from(chapterLists)
    .innerJoin(
      sermons,
      and(eq(sermons.id, chapterLists.sermonId), eq(sermons.mediaRevision, chapterLists.mediaRevision)),
    )
    .where(eq(chapterLists.sermonId, sermonId))
  const listOf = (wanted: ChapterSource) => rows.find(({ source }) => source === wanted)
  const shown = chapterSources
    .map(listOf)
    .find((list) => list && (list.source === 'edited' || list.chapters.length > 0))
  return {
    source: shown?.source ?? null,
    chapters: chaptersSchema.parse(shown?.chapters ?? []),
    revision: listOf('edited')?.revision ?? 0,
    detected: chaptersSchema.parse(listOf('detected')?.chapters ?? []),
  }
}

/** A condition on `sermons`: listeners see chapters of the current recording. */
export const hasShownChapters = sql<boolean>`coalesce((
  select jsonb_array_length(list.chapters) > 0 from ${chapterLists} list
  where list.sermon_id = ${sermons.id} and list.media_revision = ${sermons.mediaRevision}
    and (list.source = 'edited' or jsonb_array_length(list.chapters) > 0)
  order by array_position(${sql.param([...chapterSources])}::text[], list.source) limit 1), false)`
