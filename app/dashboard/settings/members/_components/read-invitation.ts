import * as v from 'valibot'

const invitationSchema = v.object({ link: v.string(), mailed: v.boolean() })

/** An invitation: its link, which is answered only once, and whether it was mailed too. */
export type Invitation = v.InferOutput<typeof invitationSchema>

export const readInvitation = (answer: unknown): Invitation => v.parse(invitationSchema, answer)
