import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { auditLog, questionLinks, questions } from '#lib/db/schema.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'

type Deps = { db: Database }
/** Questions of the church by id; ids of anything else are ignored. */
type Chosen = { churchId: string; actorId: string; ids: readonly string[] }

const chosenOf = ({ churchId, ids }: Chosen) =>
  and(eq(questions.churchId, churchId), inArray(questions.id, [...ids]))

/**
 * Gives a sermon as the answer to questions: who asks one of them again is led to it. Returns how many questions
 * left the list. Throws `not_found` for a sermon of another church.
 */
export async function answerWithSermon({ db }: Deps, chosen: Chosen & { sermonId: string }): Promise<number> {
  const { churchId, actorId, sermonId } = chosen
  await findChurchSermon({ db }, { id: sermonId, churchId })
  return db.transaction(async (tx) => {
    const closed = await tx
      .update(questions)
      .set({ closedAt: new Date() })
      .where(and(chosenOf(chosen), isNull(questions.closedAt)))
      .returning({ question: questions.question })
    const wordings = [...new Set(closed.map(({ question }) => question))]
    if (wordings.length > 0) {
      await tx
        .insert(questionLinks)
        .values(wordings.map((question) => ({ churchId, question, sermonId, createdBy: actorId })))
      await tx.insert(auditLog).values({
        churchId,
        actorId,
        action: 'questions.answered',
        subject: sermonId,
        details: { count: closed.length },
      })
    }
    return closed.length
  })
}

/** Removes questions from the list. A question returns when it is asked again. Returns how many were removed. */
export async function dismissQuestions({ db }: Deps, chosen: Chosen): Promise<number> {
  const closed = await db
    .update(questions)
    .set({ closedAt: new Date() })
    .where(and(chosenOf(chosen), isNull(questions.closedAt)))
    .returning({ id: questions.id })
  return closed.length
}

/** Deletes questions at once and permanently. Returns how many. */
export async function deleteQuestions({ db }: Deps, chosen: Chosen): Promise<number> {
  const deleted = await db.delete(questions).where(chosenOf(chosen)).returning({ id: questions.id })
  return deleted.length
}

/** Removes the sermon that answers a question. Returns whether the church had such an entry. */
export async function removeQuestionLink(
  { db }: Deps,
  { churchId, id }: { churchId: string; id: string },
): Promise<boolean> {
  const removed = await db
    .delete(questionLinks)
    .where(and(eq(questionLinks.churchId, churchId), eq(questionLinks.id, id)))
    .returning({ id: questionLinks.id })
  return removed.length > 0
}
