import { z } from 'zod'
import { textKey } from '#lib/text/text-input.ts'

/** The sign-in credentials of an owner, for the set-up page and for an unattended set-up. */
export const ownerCredentialsSchema = z.object({
  email: z.email('Give a valid email address.').max(254),
  password: textKey({ name: 'password', max: 72 }).refine(
    (password) => password.length >= 8,
    'Choose a password of at least 8 characters.',
  ),
})
