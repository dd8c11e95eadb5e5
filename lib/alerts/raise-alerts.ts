import { desc, eq, sql } from 'drizzle-orm'
import type { Alert } from '#lib/alerts/find-alerts.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { notifications } from '#lib/db/schema.ts'

const REPEAT_AFTER_MS = 3_600_000

/**
 * Stores the notifications to send, one per channel. Skips alerts that were raised within the last hour or have
 * not got worse since. Several processes may do this at the same time. Returns how many were stored.
 */
export async function raiseAlerts(
  { db, now }: { db: Database; now: () => Date },
  { alerts, channels }: { alerts: Alert[]; channels: ('mail' | 'webhook')[] },
): Promise<number> {
  let raised = 0
  const at = now()
  for (const alert of alerts) {
    const [last] = await db
      .select({ createdAt: notifications.createdAt })
      .from(notifications)
      .where(eq(sql`regexp_replace(${notifications.key}, '/[0-9]+$', '')`, alert.key))
      .orderBy(desc(notifications.createdAt))
      .limit(1)
    if (last && at.getTime() - last.createdAt.getTime() < REPEAT_AFTER_MS) continue
    if (last && last.createdAt >= alert.latestAt) continue
    const stored = await db
      .insert(notifications)
      .values(channels.map((channel) => toRow(alert, channel, at)))
      .onConflictDoNothing()
      .returning({ id: notifications.id })
    raised += stored.length
  }
  return raised
}

function toRow(alert: Alert, channel: 'mail' | 'webhook', at: Date) {
  const { kind, key, subject, body } = alert
  const payload = { kind, key, subject, body, text: `${subject}\n\n${body}`, at: at.toISOString() }
  return {
    // Two processes that find the same problem at the same time write the same key.
    key: `${key}/${Math.floor(at.getTime() / REPEAT_AFTER_MS)}`,
    channel,
    subject,
    body: channel === 'mail' ? body : JSON.stringify(payload),
    createdAt: at,
  }
}
