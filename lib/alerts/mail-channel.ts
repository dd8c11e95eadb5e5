import { createTransport } from 'nodemailer'
import type { AlertChannel } from '#lib/alerts/alert-channel.ts'

const TIMEOUT_MS = 10_000

/** Sends alerts as plain text mail. `to` may name several addresses, separated by commas. */
export function createMailChannel(settings: {
  smtpUrl: string
  from: string
  to: string
  timeoutMs?: number
}): AlertChannel {
  const timeoutMs = settings.timeoutMs ?? TIMEOUT_MS
  const transport = createTransport({
    url: settings.smtpUrl,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    channel: 'mail',
    async send({ id, subject, body }) {
      const sent = await transport.sendMail({
        from: settings.from,
        to: settings.to,
        subject,
        text: body,
        // The same for every attempt, so that a mailbox that receives it twice shows it once.
        messageId: `<${id}@selah.alerts>`,
        headers: { 'auto-submitted': 'auto-generated' },
      })
      if (sent.accepted.length === 0) throw new Error('The mail server accepted none of the addresses.')
    },
  }
}
