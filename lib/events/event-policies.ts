import type { EventType } from '#lib/db/schema.ts'

export type EventPolicy = { maxAttempts: number; firstDelayMs: number; maxDelayMs: number }

// Twenty attempts take about four hours: long enough for an engine that is being upgraded or moved.
const retryForHours: EventPolicy = { maxAttempts: 20, firstDelayMs: 500, maxDelayMs: 15 * 60_000 }

/** How often each type of event is attempted, and with what delays, before it becomes a dead letter. */
export const eventPolicies: Record<EventType, EventPolicy> = {
  'sermon.uploaded': retryForHours,
  'sermon.transcript-supplied': retryForHours,
  'sermon.reprocess': retryForHours,
  'sermon.reindex': retryForHours,
  'sermon.publish-due': retryForHours,
  'sermon.removed': retryForHours,
  'sermon.tags-changed': retryForHours,
  'sermon.times-missing': retryForHours,
  'sermon.clip-requested': retryForHours,
  'sermon.cut-requested': retryForHours,
  'sermon.cut-unknown': retryForHours,
}

/**
 * Exponential backoff: between half of the full delay and all of it, chosen by `random` (0 to 1). In
 * milliseconds.
 */
export function nextAttemptDelayMs(policy: EventPolicy, attempts: number, random: number): number {
  const ceiling = Math.min(policy.maxDelayMs, policy.firstDelayMs * 2 ** (attempts - 1))
  return Math.round(ceiling / 2 + (ceiling / 2) * random)
}
