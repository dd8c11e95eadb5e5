/** What decides whether a saved sermon is kept. */
export type KeptSermon = {
  id: string
  sizeBytes: number
  savedAtMs: number
  /** When it was last listened to; 0 if never. */
  listenedAtMs: number
  isFinished: boolean
}

/**
 * The ids of the saved sermons to remove so that `neededBytes` more fit below the limit: finished ones first, then those
 * that were saved or listened to the longest time ago. What plays is never chosen. Null if there is not enough to remove.
 */
export function chooseEvictions(
  saved: readonly KeptSermon[],
  {
    neededBytes,
    limitBytes,
    playingId,
  }: { neededBytes: number; limitBytes: number; playingId: string | null },
): string[] | null {
  let usedBytes = saved.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  const usedAtMs = ({ savedAtMs, listenedAtMs }: KeptSermon) => Math.max(savedAtMs, listenedAtMs)
  const candidates = saved
    .filter(({ id }) => id !== playingId)
    .toSorted(
      (first, second) =>
        Number(second.isFinished) - Number(first.isFinished) || usedAtMs(first) - usedAtMs(second),
    )
  const chosen: string[] = []
  for (const { id, sizeBytes } of candidates) {
    if (usedBytes + neededBytes <= limitBytes) break
    chosen.push(id)
    usedBytes -= sizeBytes
  }
  return usedBytes + neededBytes <= limitBytes ? chosen : null
}
