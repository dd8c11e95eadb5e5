import type { Word } from './transcript.ts'

/**
 * Rounds times and puts them in order, from 0 up: no word starts before the previous word ends. An
 * overlap shortens the earlier word, because listeners jump to the start of a word.
 */
export function orderWordTimes(words: readonly Word[]): Word[] {
  const ordered: Word[] = []
  let floorMs = 0
  for (const word of words) {
    const startMs = Math.max(floorMs, wholeMs(word.startMs))
    ordered.push({ ...word, startMs, endMs: Math.max(startMs, wholeMs(word.endMs)) })
    floorMs = startMs
  }
  for (const [index, word] of ordered.entries()) {
    const next = ordered[index + 1]
    if (next && word.endMs > next.startMs) word.endMs = next.startMs
  }
  return ordered
}

function wholeMs(ms: number): number {
  return Number.isFinite(ms) ? Math.max(0, Math.round(ms)) : 0
}
