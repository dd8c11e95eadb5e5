import { eq } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { auditLog, churches } from '#lib/db/schema.ts'

/**
 * Changes the time zone in which a church reads and gives times. Moments that were scheduled stay the same
 * moments. `timeZone` is an IANA name that `timeZoneSchema` accepted.
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
