import { chooseAlertChannels } from '#lib/alerts/choose-alert-channels.ts'
import { tickAlerts } from '#lib/alerts/tick-alerts.ts'
import type { Database } from '#lib/db/connect-database.ts'
import type { Env } from '#lib/env.ts'

const TICK_MS = 30_000

/** Begins to tell the operator of trouble, one look after the other. Returns what ends it. */
export function startAlerts({ db, env }: { db: Database; env: Env }): { stop(): void } {
  const channels = chooseAlertChannels(env)
  if (channels.length === 0) return { stop() {} }
  const limits = {
    siteUrl: env.SITE_URL.replace(/\/+$/, ''),
    queueAgeMs: env.SELAH_ALERT_QUEUE_MINUTES * 60_000,
  }
  let ticking = false
  const timer = setInterval(() => {
    if (ticking) return
    ticking = true
    tickAlerts({ db, now: () => new Date(), channels }, limits)
      .catch((error: unknown) => console.warn('Looking for trouble failed; trying again.', error))
      .finally(() => {
        ticking = false
      })
  }, TICK_MS)
  return { stop: () => clearInterval(timer) }
}
