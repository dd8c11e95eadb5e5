import type { Queryable } from './auth-context.ts'
import type { EmailKind } from './one-time-tokens.ts'

const letters: Record<EmailKind, { subject: string; opening: string }> = {
  signup: { subject: 'Confirm your address', opening: 'Follow this link to confirm your address:' },
  invite: {
    subject: 'You are invited to Selah',
    opening: 'Follow this link to accept and choose a password:',
  },
  recovery: { subject: 'Choose a new password', opening: 'Follow this link to choose a new password:' },
  magiclink: { subject: 'Your sign-in link', opening: 'Follow this link to sign in:' },
  email_change: {
    subject: 'Confirm your new address',
    opening: 'Follow this link to confirm your new address:',
  },
}

/** Puts a letter with its link into the outbox. `redirectTo` must have been checked. */
export async function writeLetter(
  tx: Queryable,
  input: {
    siteUrl: string
    userId: string
    recipient: string
    kind: EmailKind
    tokenHash: string
    code: string
    redirectTo: string
  },
): Promise<void> {
  const link = new URL('/auth/confirm', input.siteUrl)
  link.searchParams.set('token_hash', input.tokenHash)
  link.searchParams.set('type', input.kind)
  const next = new URL(input.redirectTo)
  if (next.pathname !== '/' || next.search !== '') link.searchParams.set('next', next.pathname + next.search)
  const letter = letters[input.kind]
  const text = `${letter.opening}\n\n${link.href}\n\nOr type this code: ${input.code}\n\nIf you did not ask for this, you can leave it.\n`
  await tx.query(
    `insert into auth_local.outbox (user_id, kind, recipient, subject, body_text, link)
     values ($1, $2, $3, $4, $5, $6)`,
    [input.userId, input.kind, input.recipient, letter.subject, text, link.href],
  )
}

/** The wished address when it is on our site, else the site itself: a link of ours never leads elsewhere. */
export function allowedRedirect(siteUrl: string, wished: string | null | undefined): string {
  if (wished === null || wished === undefined || wished === '') return siteUrl
  try {
    const url = new URL(wished, siteUrl)
    return url.origin === new URL(siteUrl).origin ? url.href : siteUrl
  } catch {
    return siteUrl
  }
}
