import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import { type SearchScope, visibleSermons } from '#lib/search/search-scope.ts'

/** The latest visible sermon with exactly this title, whatever its capitals and punctuation. */
export async function findTitled(
  { db }: { db: Database },
  { title, scope }: { title: string; scope: SearchScope },
): Promise<string | undefined> {
  const words = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  if (words === '') return undefined
  const { rows } = await db.execute(sql`
    select s.id from sermons s
    where trim(regexp_replace(lower(s.title), '[^[:alnum:]]+', ' ', 'g')) = ${words} and ${visibleSermons(scope)}
    order by s.preached_on desc nulls last, s.created_at desc
    limit 1`)
  return z.array(z.object({ id: z.string() })).parse(rows)[0]?.id
}
