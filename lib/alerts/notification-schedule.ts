const MINUTE_MS = 60_000

/** When each attempt is due, counted from the alert: the first immediately, the last after a day. */
const dueAfterMs = [0, 1, 5, 15, 60, 240, 720, 1440].map((minutes) => minutes * MINUTE_MS)

/** After this many attempts a notification is abandoned; its last error is kept. */
export const MAX_NOTIFICATION_ATTEMPTS = dueAfterMs.length

/** Whether the next attempt of a notification is due, after `attempts` that failed. */
export function isNotificationDue({
  attempts,
  createdAt,
  now,
}: {
  attempts: number
  createdAt: Date
  now: Date
}): boolean {
  const afterMs = dueAfterMs[attempts]
  return afterMs !== undefined && now.getTime() - createdAt.getTime() >= afterMs
}
