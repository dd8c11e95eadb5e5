import type { AlertChannel } from '#lib/alerts/alert-channel.ts'
import { createMailer } from '#lib/mail/create-mailer.ts'

/** Sends alerts as plain text mail. `to` may name several addresses, separated by commas. */
export function createMailChannel(settings: {
  smtpUrl: string
  from: string
  to: string
  timeoutMs?: number
}): AlertChannel {
  const sendMail = createMailer(settings)
  return {
    channel: 'mail',
    // The same id for every attempt, so that a mailbox that receives it twice shows it once.
    send: ({ id, subject, body }) =>
      sendMail({ to: settings.to, subject, text: body, id: `<${id}@selah.alerts>` }),
  }
}
