import type { AuthContext, Queryable } from './auth-context.ts'
import { AuthError } from './auth-error.ts'
import type { OneTimeToken, TokenKind } from './one-time-tokens.ts'

const emails: Record<TokenKind, { kind: string; subject: string; opening: string }> = {
  signup: {
    kind: 'signup',
    subject: 'Confirm your address',
    opening: 'Follow this link to confirm your address:',
  },
  invite: {
    kind: 'invite',
    subject: 'You are invited to Selah',
    opening: 'Follow this link to accept and choose a password:',
  },
  recovery: {
    kind: 'recovery',
    subject: 'Choose a new password',
    opening: 'Follow this link to choose a new password:',
  },
  magiclink: {
    kind: 'magiclink',
    subject: 'Your sign-in link',
    opening: 'Open this link and press “Sign in” there. It works once, within an hour:',
  },
  email_change_current: {
    kind: 'email_change',
    subject: 'Confirm the change of your address',
    opening: 'Follow this link to confirm that your account moves to another address:',
  },
  email_change_new: {
    kind: 'email_change',
    subject: 'Confirm your new address',
    opening: 'Follow this link to confirm your new address:',
  },
  reauthentication: {
    kind: 'reauthentication',
    subject: 'Confirm that it is you',
    opening: 'Type this code to confirm that it is you:',
  },
}

export interface NewEmail extends OneTimeToken {
  siteUrl: string
  userId: string
  recipient: string
  kind: TokenKind
  /** Must be on our site: see `allowedRedirect`. */
  redirectTo: string
}

/**
 * Throws AuthError 400 `email_provider_disabled` where there is no mail server. Call it before a link is made: one that is sent
 * to nobody would end the one that an operator has made, and be kept in clear.
 */
export function requireEmails({ sendsEmails }: Pick<AuthContext, 'sendsEmails'>): void {
  if (!sendsEmails) throw new AuthError(400, 'email_provider_disabled', 'This service sends no emails')
}

/** Adds an email with a link and a code (for a reauthentication only a code) to the outbox. */
export async function queueEmail(tx: Queryable, input: NewEmail): Promise<void> {
  const { kind, subject, opening } = emails[input.kind]
  const link = input.kind === 'reauthentication' ? null : confirmationLink(kind, input)
  // Nothing asks for the code of a sign-in link: people must not learn to pass such codes on.
  const instructions =
    link === null ? input.code : kind === 'magiclink' ? link : `${link}\n\nOr type this code: ${input.code}`
  const text = `${opening}\n\n${instructions}\n\nIf you did not request this, ignore this email.\n`
  await tx.query(
    `insert into auth_local.outbox (user_id, kind, recipient, subject, body_text, link)
     values ($1, $2, $3, $4, $5, $6)`,
    [input.userId, kind, input.recipient, subject, text, link],
  )
}

function confirmationLink(type: string, input: NewEmail): string {
  const next = new URL(input.redirectTo)
  const isForPassword = (type === 'recovery' || type === 'invite') && next.pathname === '/' && !next.search
  const link = new URL(isForPassword ? '/password' : '/auth/confirm', input.siteUrl)
  link.searchParams.set(isForPassword ? 'token' : 'token_hash', input.tokenHash)
  link.searchParams.set(isForPassword ? 'kind' : 'type', type)
  if (next.pathname !== '/' || next.search !== '') link.searchParams.set('next', next.pathname + next.search)
  return link.href
}
