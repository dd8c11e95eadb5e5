import { and, asc, eq, inArray, isNull, lt } from 'drizzle-orm'
import type { AlertChannel } from '#lib/alerts/alert-channel.ts'
import { isNotificationDue, MAX_NOTIFICATION_ATTEMPTS } from '#lib/alerts/notification-schedule.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { notifications } from '#lib/db/schema.ts'
import { redactText } from '#lib/telemetry/redact.ts'

const MAX_PER_CALL = 20

/**
 * Sends the notifications with a due attempt and stores the result. A failed one is retried later, also after
 * restarts, and abandoned after a day. Each attempt is claimed first, so that several processes do not send a
 * notification twice. Returns how many were sent.
 */
export async function sendNotifications({
  db,
  now,
  channels,
}: {
  db: Database
  now: () => Date
  channels: AlertChannel[]
}): Promise<number> {
  if (channels.length === 0) return 0
  const waiting = await db
    .select()
    .from(notifications)
    .where(
      and(
        isNull(notifications.sentAt),
        lt(notifications.attempts, MAX_NOTIFICATION_ATTEMPTS),
        inArray(
          notifications.channel,
          channels.map(({ channel }) => channel),
        ),
      ),
    )
    .orderBy(asc(notifications.createdAt))
    .limit(200)
  let sent = 0
  for (const notice of waiting
    .filter((each) => isNotificationDue({ ...each, now: now() }))
    .slice(0, MAX_PER_CALL)) {
    const channel = channels.find(({ channel }) => channel === notice.channel)
    if (!channel) continue
    const claimed = await db
      .update(notifications)
      .set({ attempts: notice.attempts + 1 })
      .where(
        and(
          eq(notifications.id, notice.id),
          eq(notifications.attempts, notice.attempts),
          isNull(notifications.sentAt),
        ),
      )
      .returning({ id: notifications.id })
    if (claimed.length === 0) continue
    const failure = await trySending(channel, notice)
    await db
      .update(notifications)
      .set(failure === null ? { sentAt: now(), lastError: null } : { lastError: failure })
      .where(eq(notifications.id, notice.id))
    if (failure === null) sent += 1
  }
  return sent
}

async function trySending(
  channel: AlertChannel,
  notice: { id: string; subject: string; body: string },
): Promise<string | null> {
  try {
    await channel.send(notice)
    return null
  } catch (error) {
    const { message, cause } = error instanceof Error ? error : new Error(String(error))
    const because = cause instanceof Error ? `: ${cause.message}` : ''
    console.warn(`An alert could not be sent by ${channel.channel}; retrying later.`, message, because)
    return redactText(`${message}${because}`)
  }
}
