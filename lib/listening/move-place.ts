/** Where a listener is. Finished recordings begin from the start: their place is 0. */
type Place = { positionMs: number; isFinished: boolean }

/**
 * A place in another recording as one of the present recording, which begins `shiftMs` earlier or later: before its start it
 * is the start, after its end the recording is finished. 0 stays the start of either.
 */
export function movePlace(
  { positionMs, isFinished }: Place,
  { shiftMs, durationMs }: { shiftMs: number; durationMs: number | null },
): Place {
  if (positionMs === 0) return { positionMs, isFinished }
  const movedMs = Math.max(0, positionMs + shiftMs)
  return durationMs !== null && movedMs >= durationMs
    ? { positionMs: 0, isFinished: true }
    : { positionMs: movedMs, isFinished }
}
