/** The mark near a press at `ms`, or `ms` itself if none is near. */
export function snapToMark(ms: number, marks: readonly number[], reachMs: number): number {
  let nearest = ms
  let distance = reachMs
  for (const mark of marks) {
    if (Math.abs(mark - ms) > distance) continue
    nearest = mark
    distance = Math.abs(mark - ms)
  }
  return nearest
}
