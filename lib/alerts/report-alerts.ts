import { lt } from 'drizzle-orm'
import type { AlertChannel } from '#lib/alerts/alert-channel.ts'
import { type AlertLimits, findAlerts } from '#lib/alerts/find-alerts.ts'
import { raiseAlerts } from '#lib/alerts/raise-alerts.ts'
import { sendNotifications } from '#lib/alerts/send-notifications.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { notifications } from '#lib/db/schema.ts'

const KEEP_MS = 30 * 24 * 3_600_000

/**
 * Finds current problems, stores a notification for each that was not reported yet, and sends those that are due.
 * Call it about every half minute. It does nothing without channels.
 */
export async function reportAlerts(
  dependencies: { db: Database; now: () => Date; channels: AlertChannel[] },
  limits: AlertLimits,
): Promise<void> {
  const { db, now, channels } = dependencies
  if (channels.length === 0) return
  const alerts = await findAlerts({ db, now }, limits)
  await raiseAlerts({ db, now }, { alerts, channels: channels.map(({ channel }) => channel) })
  await sendNotifications(dependencies)
  await db.delete(notifications).where(lt(notifications.createdAt, new Date(now().getTime() - KEEP_MS)))
}
