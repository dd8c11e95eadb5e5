import type { DeadLetterView } from '#lib/dead-letters/list-dead-letters.ts'
import type { EventView } from '#lib/events/list-events.ts'

// Beside the tables, not in them: what they export runs in the browser only.
export const eventStateWords: Record<EventView['state'], string> = {
  pending: 'Waiting',
  forwarded: 'Sent',
  dead: 'Dead',
  cancelled: 'Cancelled',
}

export const deadLetterStateWords: Record<DeadLetterView['state'], string> = {
  open: 'Open',
  redriven: 'Redriven',
  resolved: 'Resolved',
  discarded: 'Discarded',
}
