import { createTransport } from 'nodemailer'
import type { AlertChannel } from '#lib/alerts/alert-channel.ts'

const PATIENCE_MS = 10_000

/** Sends alerts as plain text mail. `to` may name several addresses, separated by commas. */
export function mailChannel(settings: {
  smtpUrl: string
  from: string
  to: string
  patienceMs?: number
}): AlertChannel {
  const patienceMs = settings.patienceMs ?? PATIENCE_MS
  const transport = createTransport({
    url: settings.smtpUrl,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    dnsTimeout: patienceMs,
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
