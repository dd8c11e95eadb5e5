/** The runs at the head of one line, in order. `share` names whose line it is: several may be of one owner. */
export type Line<Run> = { name: string; share: string; runs: Run[] }

/**
 * Chooses up to `free` runs from several lines so that neither an owner nor a line starves another: the
 * owner with the fewest runs goes first, then the one served longest ago; of an owner's lines the same;
 * then the one whose head waits longest (lines come in that order). Within a line the order is kept; a
 * line whose head does not fit is left out.
 */
export function chooseFairly<Run>(options: {
  lines: Line<Run>[]
  free: number
  /** How many runs a line or an owner has, and when it was last served. */
  running: (name: string) => number
  servedAt: (name: string) => number
  /** Takes the run's places if there are any; false leaves its line out. */
  take: (run: Run) => boolean
  onServed: (name: string) => void
}): Run[] {
  const chosen: Run[] = []
  const open = options.lines.map((line) => ({ line, next: 0 }))
  const compare = (one: string, other: string) =>
    options.running(one) - options.running(other) || options.servedAt(one) - options.servedAt(other)
  const before = (one: Line<Run>, other: Line<Run>) =>
    compare(one.share, other.share) || compare(one.name, other.name)
  while (chosen.length < options.free && open.length > 0) {
    let best = 0
    for (let index = 1; index < open.length; index++) {
      const candidate = open[index]
      const leader = open[best]
      if (candidate && leader && before(candidate.line, leader.line) < 0) best = index
    }
    const entry = open[best]
    const run = entry?.line.runs[entry.next]
    if (!entry || run === undefined || !options.take(run)) {
      open.splice(best, 1)
      continue
    }
    entry.next++
    chosen.push(run)
    options.onServed(entry.line.name)
    options.onServed(entry.line.share)
  }
  return chosen
}
