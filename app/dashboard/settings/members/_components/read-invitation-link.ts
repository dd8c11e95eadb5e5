import * as v from 'valibot'

const invitationSchema = v.object({ link: v.string() })

/** The link of an invitation, which is answered only once. */
export const readInvitationLink = (answer: unknown): string => v.parse(invitationSchema, answer).link
