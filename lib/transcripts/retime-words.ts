import type { StoredWord } from '#lib/db/schema.ts'
import { spreadTokens } from './cues-to-words.ts'
import { orderWordTimes } from './order-word-times.ts'

export type WordTime = readonly [startMs: number, endMs: number]

/**
 * Gives words the times that were found for the text as it arrived, whose word with the id `n` has `times[n]`. Words
 * that were corrected since have other ids: they share the time of those that they replaced, or the time between their
 * neighbours.
 */
export function retimeWords(
  words: readonly StoredWord[],
  ids: readonly number[],
  times: readonly WordTime[],
): StoredWord[] {
  const timed: { text: string; startMs: number; endMs: number }[] = []
  let known = -1
  let waiting: string[] = []
  const place = (next: number) => {
    const [first, last] = [times[known + 1], times[next - 1]]
    const isReplaced = next > known + 1
    const startMs = (isReplaced ? first?.[0] : undefined) ?? times[known]?.[1] ?? 0
    const endMs = (isReplaced ? last?.[1] : undefined) ?? times[next]?.[0] ?? startMs
    timed.push(...spreadTokens(waiting, startMs, Math.max(startMs, endMs)))
    waiting = []
  }
  for (const [position, [text]] of words.entries()) {
    const id = ids[position] ?? -1
    const time = times[id]
    if (!time || id <= known) {
      waiting.push(text)
      continue
    }
    place(id)
    timed.push({ text, startMs: time[0], endMs: time[1] })
    known = id
  }
  place(times.length)
  return orderWordTimes(timed).map(({ text, startMs, endMs }) => [text, startMs, endMs])
}
