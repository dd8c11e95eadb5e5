import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import { auditLog, churches, DEFAULT_QUESTION_DAYS } from '#lib/db/schema.ts'
import { textBlock } from '#lib/text/text-input.ts'

/** The number of days that a church keeps the questions of its listeners. */
export const questionDaysSchema = z.coerce.number().int().min(1).max(3650)

/** Where a person in distress finds help; empty for the text of the product. */
export const careHelpSchema = textBlock({ name: 'help text', max: 1000 })

/** The settings of a church for the questions of its listeners. `careHelp` is null where it has no text of its own. */
export type QuestionSettings = { keepDays: number; careHelp: string | null }

export async function readQuestionSettings(
  { db }: { db: Database },
  { churchId }: { churchId: string },
): Promise<QuestionSettings> {
  const [church] = await db
    .select({ keepDays: churches.keepQuestionsDays, careHelp: churches.careHelp })
    .from(churches)
    .where(eq(churches.id, churchId))
  return church ?? { keepDays: DEFAULT_QUESTION_DAYS, careHelp: null }
}

/** Changes how long questions are kept. Older ones are deleted by the next pass of a background job. */
export async function setQuestionDays(
  { db }: { db: Database },
  { churchId, actorId, keepDays }: { churchId: string; actorId: string; keepDays: number },
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.update(churches).set({ keepQuestionsDays: keepDays }).where(eq(churches.id, churchId))
    await tx.insert(auditLog).values({
      churchId,
      actorId,
      action: 'church.question-days-set',
      subject: churchId,
      details: { keepDays },
    })
  })
}

/** Changes the text that tells a person in distress where to find help. An empty text restores that of the product. */
export async function setCareHelp(
  { db }: { db: Database },
  { churchId, actorId, careHelp }: { churchId: string; actorId: string; careHelp: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx
      .update(churches)
      .set({ careHelp: careHelp === '' ? null : careHelp })
      .where(eq(churches.id, churchId))
    await tx
      .insert(auditLog)
      .values({ churchId, actorId, action: 'church.care-help-set', subject: churchId, details: { careHelp } })
  })
}
