import type { Database } from '#lib/db/connect-database.ts'
import { findFeedChurch } from '#lib/feeds/podcast-settings.ts'

const dayMs = 24 * 60 * 60 * 1000
/** Readers should not rely on it for longer than this. */
const VALID_DAYS = 180

/**
 * Whom to inform about a vulnerability (RFC 9116): the address that the church publishes in its podcast, or else its home
 * page. It is the same for a whole day.
 */
export async function renderSecurityText(
  { db, env }: { db: Database; env: { SITE_URL: string } },
  { now }: { now: Date },
): Promise<string> {
  const church = await findFeedChurch({ db })
  const base = env.SITE_URL.replace(/\/$/, '')
  const owner = church?.podcast.ownerEmail
  const today = Math.floor(now.getTime() / dayMs) * dayMs
  return [
    `Contact: ${owner ? `mailto:${owner}` : `${base}/`}`,
    `Expires: ${new Date(today + VALID_DAYS * dayMs).toISOString()}`,
    'Preferred-Languages: en',
    `Canonical: ${base}/.well-known/security.txt`,
    '',
  ].join('\n')
}
