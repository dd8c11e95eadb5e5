/** The runs at the head of one line, in order. */
export type Line<Run> = { name: string; runs: Run[] }

/**
 * Chooses up to `free` runs from several lines so that no line starves another: the line with the
 * fewest runs executing goes first, then the one served longest ago, then the one whose head waits
 * longest (lines come in that order). Within a line the order is kept; a line whose head does not fit
 * is left out.
 */
export function chooseFairly<Run>(options: {
  lines: Line<Run>[]
  free: number
  running: (line: string) => number
  servedAt: (line: string) => number
  /** Takes the run's places if there are any; false leaves its line out. */
  take: (run: Run) => boolean
  onServed: (line: string) => void
}): Run[] {
  const chosen: Run[] = []
  const open = options.lines.map((line) => ({ line, next: 0 }))
  const before = (one: Line<Run>, other: Line<Run>) =>
    options.running(one.name) - options.running(other.name) ||
    options.servedAt(one.name) - options.servedAt(other.name)
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
  }
  return chosen
}
