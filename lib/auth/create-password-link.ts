import type { ServiceClient } from '#lib/auth/create-service-client.ts'
import { AppError } from '#lib/errors.ts'

export type PasswordLinkKind = 'invite' | 'recovery'

/**
 * Creates a link that sets the password of an account, once and within an hour, for anyone who has the link. For an
 * address without an account `invite` creates one; `recovery` throws `not_found`. Nothing is sent.
 */
export async function createPasswordLink(
  { supabase, siteUrl }: { supabase: ServiceClient; siteUrl: string },
  { email, kind }: { email: string; kind: PasswordLinkKind },
): Promise<{ link: string; userId: string }> {
  const { data, error } = await supabase.auth.admin.generateLink({ type: kind, email })
  if (error) {
    // A user with an account gets a link to a new password.
    if (kind === 'invite' && error.code === 'email_exists') {
      return createPasswordLink({ supabase, siteUrl }, { email, kind: 'recovery' })
    }
    if (error.code === 'user_not_found') {
      throw new AppError('not_found', 'There is no account with this email address.', { cause: error })
    }
    throw new AppError('vendor_failed', 'The link could not be created. Try again in a moment.', {
      cause: error,
    })
  }
  const link = new URL('/password', siteUrl)
  link.searchParams.set('token', data.properties.hashed_token)
  link.searchParams.set('kind', kind)
  return { link: link.href, userId: data.user.id }
}
