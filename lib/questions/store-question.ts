import { sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { questions, type StoredQuote } from '#lib/db/schema.ts'
import type { SearchScope } from '#lib/search/search-scope.ts'
import { askedChurch } from './find-asked-church.ts'

/** A page that is opened again within this time asks nothing new. */
const REPEATED_MINUTES = 10

/**
 * Keeps a question for the church it concerns. No name and no account is stored with it. With `isPage` it is left
 * out where the same question was kept a few minutes ago.
 */
export async function storeQuestion(
  { db }: { db: Database },
  input: {
    question: string
    scope: SearchScope
    /** The sermon that came nearest to it. */
    nearestSermonId: string | null
    isAnswered: boolean
    quotes: StoredQuote[]
    answerer: string
    isPage: boolean
  },
): Promise<void> {
  const { question, scope, nearestSermonId, isAnswered, quotes, answerer, isPage } = input
  const sermonId = scope.sermonId ?? null
  if (isPage) {
    const { rowCount } = await db.execute(sql`
      select 1 from questions where question = ${question} and sermon_id is not distinct from ${sermonId}::uuid
        and created_at > now() - make_interval(mins => ${REPEATED_MINUTES}) limit 1`)
    if (rowCount) return
  }
  await db.insert(questions).values({
    question,
    sermonId: sql`(select id from sermons where id = ${sermonId}::uuid)`,
    churchId: askedChurch(scope, nearestSermonId),
    refused: !isAnswered,
    quotes,
    answerer,
  })
}
