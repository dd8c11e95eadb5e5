import { z } from 'zod/mini'

const createdSchema = z.object({ token: z.string() })

/** The secret of a token that was just created; it is answered only this once. */
export const readNewToken = (answer: unknown): string => createdSchema.parse(answer).token
