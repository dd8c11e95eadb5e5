import type { Excerpt, TimeSpan } from '#lib/sermons/choose-excerpt.ts'

/** The longest passage that becomes a clip. */
export const MAX_CLIP_MS = 60_000
/** Silence around the words, where there is some: a clip that begins with its first sound feels cut off. */
const LEAD_MS = 200
const TAIL_MS = 400

/** What is cut out of the recording: times in milliseconds of the recording as it is played. */
export type ClipSpan = TimeSpan & {
  /** The words with times from the start of the clip. */
  words: { text: string; startMs: number; endMs: number }[]
}

/**
 * The part of the recording that a clip of this excerpt has: its words with some of the silence around them. All times
 * of a clip are made here.
 */
export function clipSpan(
  { words }: { words: readonly (readonly [text: string, startMs: number, endMs: number])[] },
  excerpt: Excerpt,
): ClipSpan {
  const endOfWordBefore = words[excerpt.firstWord - 1]?.[2] ?? 0
  const startOfWordAfter = words[excerpt.lastWord + 1]?.[1] ?? Number.POSITIVE_INFINITY
  const startMs = Math.max(excerpt.startMs - LEAD_MS, Math.min(endOfWordBefore, excerpt.startMs))
  const endMs = Math.min(excerpt.endMs + TAIL_MS, Math.max(startOfWordAfter, excerpt.endMs))
  return {
    startMs,
    endMs,
    words: excerpt.words.map(([text, wordStartMs, wordEndMs]) => ({
      text,
      startMs: wordStartMs - startMs,
      endMs: wordEndMs - startMs,
    })),
  }
}
