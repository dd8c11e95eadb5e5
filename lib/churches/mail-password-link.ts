import { eq, sql } from 'drizzle-orm'
import { createPasswordLink } from '#lib/auth/create-password-link.ts'
import type { Services } from '#lib/create-services.ts'
import { auditLog, churches, memberships, profiles } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import type { SendMail } from '#lib/mail/create-mailer.ts'
import { consumeRateLimit, type RateLimit } from '#lib/rate-limits/consume-rate-limit.ts'

/** Requests of one client for links, to any address. */
const ofClient: RateLimit = { name: 'password links of a client', capacity: 10, refillMs: 60_000 }
/** For an address that many clients share. */
const ofSharedClient: RateLimit = { ...ofClient, capacity: 100, refillMs: 6_000 }
/** Mails to one account, from any number of clients. */
const toAccount: RateLimit = { name: 'password links of an account', capacity: 3, refillMs: 20 * 60_000 }

/** Counts a request for a link. Throws `rate_limited`. */
export async function limitPasswordLinks(
  { db }: Pick<Services, 'db'>,
  client: { key: string; isShared: boolean },
): Promise<void> {
  const turn = await consumeRateLimit({ db }, client.isShared ? ofSharedClient : ofClient, client.key)
  if (turn.allowed) return
  throw new AppError('rate_limited', 'Too many requests at once. Wait a minute, then try again.', {
    retryAfterMs: turn.retryAfterMs,
  })
}

/**
 * Mails a member the link with which they choose a new password. Does nothing for an address that is not that of a member, and
 * after three mails in an hour; the caller must not show the difference, also not by the time it takes.
 */
export async function mailPasswordLink(
  services: Pick<Services, 'db' | 'supabase' | 'env'>,
  sendMail: SendMail,
  { email }: { email: string },
): Promise<void> {
  const { db, supabase, env } = services
  const [member] = await db
    .select({ userId: profiles.id, email: profiles.email, churchId: churches.id, church: churches.name })
    .from(profiles)
    .innerJoin(memberships, eq(memberships.userId, profiles.id))
    .innerJoin(churches, eq(churches.id, memberships.churchId))
    .where(sql`lower(${profiles.email}) = ${email.trim().toLowerCase()}`)
    .orderBy(memberships.createdAt)
    .limit(1)
  if (!member || !(await consumeRateLimit({ db }, toAccount, member.userId)).allowed) return
  const { link } = await createPasswordLink(
    { supabase, siteUrl: env.SITE_URL },
    { email: member.email, kind: 'recovery' },
  )
  await sendMail({
    to: member.email,
    subject: `Choose a new password for ${member.church}`,
    text: [
      `Open this link to choose a new password for ${member.church}. It works once, within an hour:`,
      link,
      'If you did not request it, ignore this mail: your password does not change.',
    ].join('\n\n'),
  })
  await db.insert(auditLog).values({
    churchId: member.churchId,
    action: 'password.link_mailed',
    subject: member.userId,
  })
}
