import type { MessageKey } from '#lib/messages/languages.ts'

const hourMs = 3_600_000

/** Time ranges that end now. */
export const runWindows: Record<
  string,
  { label: MessageKey<'jobs'>; phrase: MessageKey<'jobs'>; ms: number }
> = {
  '1h': { label: 'lastHour', phrase: 'inLastHour', ms: hourMs },
  '24h': { label: 'last24Hours', phrase: 'inLast24Hours', ms: 24 * hourMs },
  '7d': { label: 'last7Days', phrase: 'inLast7Days', ms: 7 * 24 * hourMs },
  '30d': { label: 'last30Days', phrase: 'inLast30Days', ms: 30 * 24 * hourMs },
}
