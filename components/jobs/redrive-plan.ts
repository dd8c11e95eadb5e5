import * as v from 'valibot'

const planSchema = v.object({
  total: v.number(),
  letters: v.array(
    v.object({
      letterId: v.string(),
      eventType: v.optional(v.nullable(v.string())),
      sermon: v.optional(v.nullable(v.object({ title: v.string() }))),
      blockedBecause: v.optional(v.nullable(v.string())),
      performs: v.optional(v.array(v.string()), []),
      skips: v.optional(v.array(v.string()), []),
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
  const { total, letters } = v.parse(planSchema, answer)
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
