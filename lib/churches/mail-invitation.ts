import type { Env } from '#lib/env.ts'
import { findMailer } from '#lib/mail/create-mailer.ts'

/**
 * Mails an invited person their link. Returns whether the mail server accepted it; the caller shows the link in any case.
 * False without a mail server.
 */
export async function mailInvitation(
  env: Pick<Env, 'SMTP_URL' | 'SELAH_MAIL_FROM'>,
  { email, church, link }: { email: string; church: string; link: string },
): Promise<boolean> {
  const sendMail = findMailer(env)
  if (!sendMail) return false
  const text = `You are invited to look after the sermons of ${church}. Open this link to begin:\n\n${link}`
  try {
    await sendMail({ to: email, subject: `You are invited to ${church}`, text })
    return true
  } catch (error) {
    console.warn('An invitation could not be mailed:', error)
    return false
  }
}
