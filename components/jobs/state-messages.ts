import type { DeadLetterView } from '#lib/dead-letters/list-dead-letters.ts'
import type { EventView } from '#lib/events/list-events.ts'
import type { MessageKey } from '#lib/messages/languages.ts'

// Not in the files of the tables, because exports of client components cannot be used on the server.
export const eventStateMessages: Record<EventView['state'], MessageKey<'jobs'>> = {
  pending: 'eventPending',
  forwarded: 'eventForwarded',
  dead: 'eventDead',
  cancelled: 'eventCancelled',
}

export const deadLetterStateMessages: Record<DeadLetterView['state'], MessageKey<'jobs'>> = {
  open: 'deadLetterOpen',
  redriven: 'deadLetterRedriven',
  resolved: 'deadLetterResolved',
  discarded: 'deadLetterDiscarded',
}
