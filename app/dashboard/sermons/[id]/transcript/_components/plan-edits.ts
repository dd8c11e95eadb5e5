import type { ApiWord } from '#lib/sermons/to-api-transcript.ts'
import { diffWords, type Hunk } from './diff-words.ts'

/** Replaces the words `from` to `to` (ids, both included) by those of `text`, which have these `times`. */
export type PlannedEdit = {
  from: string
  to: string
  text: string
  times?: [startMs: number, endMs: number][]
}

/** The words of a text as it was typed. */
export function splitTyped(text: string): string[] {
  return text.split(/\s+/u).filter(Boolean)
}

/** The text of words as it is edited. */
export const textOfWords = (words: readonly ApiWord[]): string => words.map(({ text }) => text).join(' ')

/**
 * The fewest edits that turn `words` into the words of `text`. Edits do not overlap and come in the order of the
 * words. A pure insertion repeats the word before it, or after it at the beginning. Words that come back, as after an
 * undone deletion, have the times that `known` has for them.
 */
export function planEdits(
  words: readonly ApiWord[],
  text: string,
  known: readonly ApiWord[] = [],
): PlannedEdit[] {
  const typed = splitTyped(text)
  const before = words.map((word) => word.text)
  const hunks: Hunk[] = []
  for (const hunk of diffWords(before, typed)) {
    const anchored = hunk.last >= hunk.first ? hunk : anchor(hunk, before)
    const previous = hunks.at(-1)
    // An insertion before a word and another one after it share that word.
    if (previous && anchored.first <= previous.last) previous.texts.push(...anchored.texts.slice(1))
    else hunks.push(anchored)
  }
  /** The end of the words that were placed last: those of the next edit are later. */
  let placedMs = 0
  return hunks.flatMap((hunk) => {
    const { first, last, texts } = hunk
    const from = words[first]?.id
    const to = words[last]?.id
    if (from === undefined || to === undefined) return []
    const times = texts.length > last - first + 1 ? findTimes(words, hunk, known, placedMs) : null
    placedMs = times?.at(-1)?.[1] ?? placedMs
    return [{ from, to, text: texts.join(' '), ...(times ? { times } : {}) }]
  })
}

/** The times of the words of a hunk, where every one of them is known to be spoken between its neighbours. */
function findTimes(
  words: readonly ApiWord[],
  { first, last, texts }: Hunk,
  known: readonly ApiWord[],
  placedMs: number,
): [number, number][] | null {
  const fromMs = Math.max(placedMs, words[first - 1]?.endMs ?? 0)
  const toMs = words[last + 1]?.startMs ?? Number.POSITIVE_INFINITY
  const spoken = new Map(
    [...known, ...words.slice(first, last + 1)]
      .filter(({ startMs, endMs }) => startMs >= fromMs && endMs <= toMs)
      .map((word) => [word.startMs, word]),
  )
  const candidates = [...spoken.values()].toSorted((one, other) => one.startMs - other.startMs)
  const times: [number, number][] = []
  for (const { text, startMs, endMs } of candidates) {
    if (text === texts[times.length] && startMs >= (times.at(-1)?.[1] ?? 0)) times.push([startMs, endMs])
  }
  return times.length === texts.length ? times : null
}

function anchor({ first, at, texts }: Hunk, before: readonly string[]): Hunk {
  return first > 0
    ? { first: first - 1, last: first - 1, at: at - 1, texts: [before[first - 1] ?? '', ...texts] }
    : { first: 0, last: 0, at, texts: [...texts, before[0] ?? ''] }
}

/** Words after the server's answer to their edits. */
export function spliceWords(
  words: readonly ApiWord[],
  edits: readonly { from: string; to: string; words: readonly ApiWord[] }[],
): ApiWord[] {
  let next = [...words]
  for (const edit of edits) {
    const first = next.findIndex(({ id }) => id === edit.from)
    const last = next.findIndex(({ id }) => id === edit.to)
    if (first >= 0 && last >= first) next = [...next.slice(0, first), ...edit.words, ...next.slice(last + 1)]
  }
  return next
}

/** Divides consecutive words among consecutive texts: each word goes to the text that contains it or took its place. */
export function divideWords(words: readonly ApiWord[], texts: readonly string[]): ApiWord[][] {
  const parts: ApiWord[][] = texts.map(() => [])
  const partOf = texts.flatMap((text, part) => splitTyped(text).map(() => part))
  const hunks = diffWords(
    words.map(({ text }) => text),
    texts.flatMap(splitTyped),
  )
  let at = 0
  let next = 0
  const give = (word: ApiWord | undefined, position: number) => {
    const part = partOf[Math.min(position, partOf.length - 1)] ?? 0
    if (word) parts[part]?.push(word)
  }
  for (const hunk of [
    ...hunks,
    { first: words.length, last: words.length - 1, at: partOf.length, texts: [] },
  ]) {
    for (; at < hunk.first; at += 1, next += 1) give(words[at], next)
    for (; at <= hunk.last; at += 1) {
      // Words that were removed belong to the text before them.
      const offset = Math.min(at - hunk.first, hunk.texts.length - 1)
      give(words[at], Math.max(0, hunk.at + offset))
    }
    next = hunk.at + hunk.texts.length
  }
  return parts
}
