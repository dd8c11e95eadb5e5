import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import { auditLog, churches } from '#lib/db/schema.ts'

export const churchNameSchema = z
  .string()
  .transform((value) => value.replace(/\s+/g, ' ').trim())
  .pipe(
    z.string().min(1, 'Give your church a name.').max(120, 'Choose a shorter name, up to 120 characters.'),
  )

/** Changes the name listeners see. Its address stays, so links keep working. */
export async function renameChurch(
  { db }: { db: Database },
  { churchId, actorId, name }: { churchId: string; actorId: string; name: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.update(churches).set({ name }).where(eq(churches.id, churchId))
    await tx
      .insert(auditLog)
      .values({ churchId, actorId, action: 'church.renamed', subject: churchId, details: { name } })
  })
}
