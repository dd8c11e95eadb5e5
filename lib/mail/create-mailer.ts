import { createTransport } from 'nodemailer'
import type { Env } from '#lib/env.ts'

const TIMEOUT_MS = 10_000

/** A mail in plain text. `to` may name several addresses, separated by commas. `id` identifies it for mailboxes. */
export interface Mail {
  to: string
  subject: string
  text: string
  id?: string
}

/** Sends a mail. Rejects when the mail server has not accepted it for anyone. */
export type SendMail = (mail: Mail) => Promise<void>

/** Sends mail through a server. A step of the conversation may take `timeoutMs`. */
export function createMailer(settings: { smtpUrl: string; from: string; timeoutMs?: number }): SendMail {
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
  return async ({ to, subject, text, id }) => {
    const sent = await transport.sendMail({
      from: settings.from,
      to,
      subject,
      text,
      ...(id ? { messageId: id } : {}),
      headers: { 'auto-submitted': 'auto-generated' },
    })
    if (sent.accepted.length === 0) throw new Error('The mail server accepted none of the addresses.')
  }
}

/** How this installation sends mail; null when no mail server or no sender is configured. */
export function findMailer({
  SMTP_URL: smtpUrl,
  SELAH_MAIL_FROM: from,
}: Pick<Env, 'SMTP_URL' | 'SELAH_MAIL_FROM'>): SendMail | null {
  return smtpUrl && from ? createMailer({ smtpUrl, from }) : null
}
