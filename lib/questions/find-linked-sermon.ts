import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import { type SearchScope, visibleSermons } from '#lib/search/search-scope.ts'
import { askTheSame, readQuestionMeanings } from './read-question-meanings.ts'

/** As many of the newest links are compared with a question. */
const MAX_LINKS = 1000

/** A sermon as an answer names it, read from the database. */
export const namedSermonRow = z.object({
  sermonId: z.string(),
  slug: z.string(),
  title: z.string(),
  speaker: z.string().nullable(),
  series: z.string().nullable(),
  scripture: z.string(),
})
const row = namedSermonRow.extend({ question: z.string() })

export type LinkedSermon = z.infer<typeof namedSermonRow>

/** The sermon that a church gave as the answer to the same question, if the person may see it; else null. */
export async function findLinkedSermon(
  { db }: { db: Database },
  { question, scope }: { question: string; scope: SearchScope },
): Promise<LinkedSermon | null> {
  const { rows } = await db.execute(sql`
    select l.question, s.id as "sermonId", s.slug, s.title, sp.name as speaker, se.title as series, s.scripture
    from question_links l join sermons s on s.id = l.sermon_id
    left join speakers sp on sp.id = s.speaker_id left join series se on se.id = s.series_id
    where ${visibleSermons(scope)} order by l.created_at desc, l.id limit ${MAX_LINKS}`)
  const links = z.array(row).parse(rows)
  if (links.length === 0) return null
  const [asked, ...known] = await readQuestionMeanings({ db }, [
    question,
    ...links.map((link) => link.question),
  ])
  const link = links[known.findIndex((meaning) => asked !== undefined && askTheSame(asked, meaning))]
  if (!link) return null
  const { question: _, ...sermon } = link
  return sermon
}
