import { z } from 'zod'

/** What an owner signs in with; the same for the set-up page and for a start that sets up unattended. */
export const ownerCredentialsSchema = z.object({
  email: z.email('Give a valid e-mail address.').max(254),
  password: z.string().min(8, 'Choose a password of at least 8 characters.').max(72),
})
