import { desc, eq } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { questionLinks, sermons } from '#lib/db/schema.ts'

const MAX_LISTED = 200

/** A question that the church answers with one of its sermons. */
export type QuestionLink = { id: string; question: string; sermonId: string; title: string }

/** The questions that a church answers with a sermon, newest first. */
export async function listQuestionLinks(
  { db }: { db: Database },
  { churchId }: { churchId: string },
): Promise<QuestionLink[]> {
  return db
    .select({
      id: questionLinks.id,
      question: questionLinks.question,
      sermonId: questionLinks.sermonId,
      title: sermons.title,
    })
    .from(questionLinks)
    .innerJoin(sermons, eq(sermons.id, questionLinks.sermonId))
    .where(eq(questionLinks.churchId, churchId))
    .orderBy(desc(questionLinks.createdAt), questionLinks.id)
    .limit(MAX_LISTED)
}
