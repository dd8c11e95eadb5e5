import { z } from 'zod/mini'

const createdSchema = z.object({ token: z.string() })

/** Reads the secret of a new token from the answer of its creation; no other answer contains it. */
export const readNewToken = (answer: unknown): string => createdSchema.parse(answer).token
