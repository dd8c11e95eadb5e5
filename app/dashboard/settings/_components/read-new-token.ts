import * as v from 'valibot'

const createdSchema = v.object({ token: v.string() })

/** Reads the secret of a new token from the answer of its creation; no other answer contains it. */
export const readNewToken = (answer: unknown): string => v.parse(createdSchema, answer).token
