import { eq } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { auditLog, churches } from '#lib/db/schema.ts'
import { textLine } from '#lib/text/text-input.ts'

export const churchNameSchema = textLine({
  name: "church's name",
  max: 120,
  required: 'Give your church a name.',
})

/** Changes the name of a church. Its slug does not change, so links keep working. */
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
