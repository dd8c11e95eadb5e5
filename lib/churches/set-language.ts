import { eq } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { auditLog, churches } from '#lib/db/schema.ts'

/**
 * Changes the language that new sermons of a church have unless they say otherwise. `language` is a tag that
 * `languageSchema` accepted.
 */
export async function setLanguage(
  { db }: { db: Database },
  { churchId, actorId, language }: { churchId: string; actorId: string; language: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.update(churches).set({ language }).where(eq(churches.id, churchId))
    await tx
      .insert(auditLog)
      .values({ churchId, actorId, action: 'church.language-set', subject: churchId, details: { language } })
  })
}
