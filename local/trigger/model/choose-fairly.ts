/** The first runs of one sub-queue, in order. An `owner` may have several sub-queues. */
export type SubQueue<Run> = { name: string; owner: string; runs: Run[] }

/**
 * Chooses up to `free` runs from several sub-queues so that neither an owner nor a sub-queue starves
 * another. The owner with the fewest executing runs comes first, then the one served longest ago. The same rule
 * applies to the sub-queues of one owner, and then the order in which they are passed (longest waiting first).
 * The order within a sub-queue is kept. A sub-queue whose first run does not fit is skipped.
 */
export function chooseFairly<Run>(options: {
  subQueues: SubQueue<Run>[]
  free: number
  /** The number of executing runs of a sub-queue or an owner. */
  running: (name: string) => number
  /** When a sub-queue or an owner was last served, as an increasing number; 0 for never. */
  servedAt: (name: string) => number
  /** Takes the run's slots if all of them are free; false skips its sub-queue. */
  take: (run: Run) => boolean
  onServed: (name: string) => void
}): Run[] {
  const chosen: Run[] = []
  const open = options.subQueues.map((subQueue) => ({ subQueue, next: 0 }))
  const compare = (one: string, other: string) =>
    options.running(one) - options.running(other) || options.servedAt(one) - options.servedAt(other)
  const before = (one: SubQueue<Run>, other: SubQueue<Run>) =>
    compare(one.owner, other.owner) || compare(one.name, other.name)
  while (chosen.length < options.free && open.length > 0) {
    let best = 0
    for (let index = 1; index < open.length; index++) {
      const candidate = open[index]
      const leader = open[best]
      if (candidate && leader && before(candidate.subQueue, leader.subQueue) < 0) best = index
    }
    const entry = open[best]
    const run = entry?.subQueue.runs[entry.next]
    if (!entry || run === undefined || !options.take(run)) {
      open.splice(best, 1)
      continue
    }
    entry.next++
    chosen.push(run)
    options.onServed(entry.subQueue.name)
    options.onServed(entry.subQueue.owner)
  }
  return chosen
}
