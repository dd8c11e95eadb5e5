/** A part of a recording without words. */
export type Pause = { fromMs: number; toMs: number }

/** Speech needs short pauses; longer ones than this are shortened. */
const LONGEST_PAUSE_MS = 1200
/** What may be music or prayer is never skipped. */
const LONGEST_SKIPPED_MS = 10_000
/** What remains on each side of a skipped pause, so that no word is cut. */
const KEPT_MS = 350

/** The pauses between words to skip, in order. Times must ascend. */
export function findPauses(words: readonly { startMs: number; endMs: number }[]): Pause[] {
  return words.flatMap(({ endMs }, index) => {
    const next = words[index + 1]
    const lengthMs = next ? next.startMs - endMs : 0
    return next && lengthMs > LONGEST_PAUSE_MS && lengthMs <= LONGEST_SKIPPED_MS
      ? [{ fromMs: endMs + KEPT_MS, toMs: next.startMs - KEPT_MS }]
      : []
  })
}

/** The pause at a moment, if the moment is in its first half: a jump into the second half would be heard as a stutter. */
export function pauseAt(pauses: readonly Pause[], ms: number): Pause | null {
  return pauses.find(({ fromMs, toMs }) => ms >= fromMs && ms < (fromMs + toMs) / 2) ?? null
}
