import { eq } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { auditLog, churches } from '#lib/db/schema.ts'

/**
 * Changes the time zone of the times that a church reads and enters. Scheduled publications do not move.
 * `timeZone` is an IANA name that `timeZoneSchema` accepted.
 */
export async function setTimeZone(
  { db }: { db: Database },
  { churchId, actorId, timeZone }: { churchId: string; actorId: string; timeZone: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.update(churches).set({ timeZone }).where(eq(churches.id, churchId))
    await tx
      .insert(auditLog)
      .values({ churchId, actorId, action: 'church.time-zone-set', subject: churchId, details: { timeZone } })
  })
}
