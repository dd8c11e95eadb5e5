import { z } from 'zod/mini'

const invitationSchema = z.object({ link: z.string() })

/** The link of an invitation, which is answered only once. */
export const readInvitationLink = (answer: unknown): string => invitationSchema.parse(answer).link
