import { sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { DEFAULT_QUESTION_DAYS } from '#lib/db/schema.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Deletes the questions that are older than their church keeps them; those of no church after the default time.
 * Returns how many.
 */
export async function deleteOldQuestions({ db, now }: { db: Database; now: () => Date }): Promise<number> {
  const { rowCount } = await db.execute(sql`
    delete from questions q where q.created_at < ${now().toISOString()}::timestamptz - make_interval(secs =>
      coalesce((select c.keep_questions_days from churches c where c.id = q.church_id), ${DEFAULT_QUESTION_DAYS})
      * ${DAY_MS / 1000})`)
  return rowCount ?? 0
}
