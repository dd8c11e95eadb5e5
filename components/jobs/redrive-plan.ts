import { z } from 'zod/mini'

const planSchema = z.object({
  total: z.number(),
  letters: z.array(
    z.object({
      letterId: z.string(),
      eventType: z.optional(z.nullable(z.string())),
      sermon: z.optional(z.nullable(z.object({ title: z.string() }))),
      blockedBecause: z.optional(z.nullable(z.string())),
      performs: z._default(z.array(z.string()), []),
      skips: z._default(z.array(z.string()), []),
    }),
  ),
})

export type PlanRow = {
  letterId: string
  /** The sermon or the kind of event; null when neither is known. */
  what: string | null
  /** Why nothing would happen; null when it can be redriven. */
  blockedBecause: string | null
  performs: string[]
  skips: number
}
export type RedrivePlanView = { total: number; rows: PlanRow[] }

/** What a dry run answers, as it is shown. */
export function readRedrivePlan(answer: unknown): RedrivePlanView {
  const { total, letters } = planSchema.parse(answer)
  return {
    total,
    rows: letters.map(({ letterId, eventType, sermon, blockedBecause, performs, skips }) => ({
      letterId,
      what: sermon?.title ?? eventType ?? null,
      blockedBecause: blockedBecause ?? null,
      performs,
      skips: skips.length,
    })),
  }
}
