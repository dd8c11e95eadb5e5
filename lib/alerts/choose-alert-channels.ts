import type { AlertChannel } from '#lib/alerts/alert-channel.ts'
import { createMailChannel } from '#lib/alerts/mail-channel.ts'
import { createWebhookChannel } from '#lib/alerts/webhook-channel.ts'
import type { Env } from '#lib/env.ts'

type Settings = Pick<Env, 'SMTP_URL' | 'SELAH_MAIL_FROM' | 'SELAH_ALERT_EMAIL' | 'SELAH_ALERT_WEBHOOK_URL'>

/** The configured channels; none by default. Mail needs a server, a sender and a recipient. */
export function chooseAlertChannels(env: Settings): AlertChannel[] {
  const channels: AlertChannel[] = []
  if (env.SMTP_URL && env.SELAH_MAIL_FROM && env.SELAH_ALERT_EMAIL) {
    channels.push(
      createMailChannel({ smtpUrl: env.SMTP_URL, from: env.SELAH_MAIL_FROM, to: env.SELAH_ALERT_EMAIL }),
    )
  } else if (env.SELAH_ALERT_EMAIL) {
    console.warn('Alerts are not mailed: SELAH_ALERT_EMAIL also needs SMTP_URL and SELAH_MAIL_FROM.')
  }
  if (env.SELAH_ALERT_WEBHOOK_URL) channels.push(createWebhookChannel({ url: env.SELAH_ALERT_WEBHOOK_URL }))
  return channels
}
