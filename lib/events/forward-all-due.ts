import { type ForwardDependencies, forwardEvents } from '#lib/events/forward-events.ts'
import { releaseDueEvents } from '#lib/events/release-due-events.ts'

const BATCH = 50

/**
 * Forwards the events that are due until none is left or `isStopped`, and then makes scheduled events due. Returns
 * how many of those there were: they are forwarded by the next call.
 */
export async function forwardAllDue(
  dependencies: Omit<ForwardDependencies, 'random'>,
  isStopped: () => boolean,
): Promise<number> {
  // New events first; scheduled events that became due can wait for one query.
  let forwarded = BATCH
  while (!isStopped() && forwarded === BATCH) {
    forwarded = await forwardEvents({ ...dependencies, random: Math.random }, { limit: BATCH })
  }
  return releaseDueEvents(dependencies)
}
