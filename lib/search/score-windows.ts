import type { PassageIndex } from './passage-index.ts'
import type { ScoreBuffers } from './score-buffers.ts'

/** A word of the query as it is scored: its own terms (one for each language) and related ones. */
export type ScoredTerm = {
  terms: readonly string[]
  weight: number
  /** Rarity among the windows; filled in by `weighTerms`. */
  idf: number
  /** Windows that contain one of its own terms. */
  found: number
  related: readonly { term: string; weight: number }[]
}

const K1 = 1.2
const B = 0.6

/**
 * BM25 of every window into `buffers.words`: related words add to a term's count before it is saturated.
 */
export function scoreWords(
  index: PassageIndex,
  terms: readonly ScoredTerm[],
  { counts, words, touched }: ScoreBuffers,
): void {
  words.fill(0, 0, index.size)
  const meanWords = index.totalWindowWords / Math.max(1, index.windows)
  for (const term of terms) {
    const gain = term.idf * term.weight
    if (gain <= 0) continue
    let length = 0
    const add = (name: string, weight: number) => {
      const number = index.termNumbers.get(name)
      const list = number === undefined ? undefined : index.postings[number]
      if (!list) return
      for (let at = 0; at < list.length; at += 1) {
        const entry: number = list.entries[at] ?? 0
        const passage: number = entry >>> 8
        if (counts[passage] === 0) {
          touched[length] = passage
          length += 1
        }
        counts[passage] = (counts[passage] ?? 0) + weight * (entry & 255)
      }
    }
    for (const name of term.terms) add(name, 1)
    for (const { term: name, weight } of term.related) add(name, weight)
    for (let at = 0; at < length; at += 1) {
      const passage = touched[at] ?? 0
      const own = counts[passage] ?? 0
      const isJoined = index.hasNext[passage] === 1
      addGain(index, words, passage, own + (isJoined ? (counts[passage + 1] ?? 0) : 0), gain, meanWords)
      // The window before holds this passage too; where its own passage is touched, it is scored there.
      const before = passage - 1
      if (before >= 0 && index.hasNext[before] === 1 && counts[before] === 0) {
        addGain(index, words, before, own, gain, meanWords)
      }
    }
    for (let at = 0; at < length; at += 1) counts[touched[at] ?? 0] = 0
  }
}

function addGain(
  index: PassageIndex,
  words: Float32Array,
  window: number,
  count: number,
  gain: number,
  meanWords: number,
): void {
  const length = index.windowWords[window] ?? 0
  if (length === 0) return
  const saturated = (count * (K1 + 1)) / (count + K1 * (1 - B + (B * length) / meanWords))
  words[window] = (words[window] ?? 0) + gain * saturated
}

/** The cosine of every window with a unit vector, into `buffers.cosines`. */
export function scoreMeanings(index: PassageIndex, query: Float32Array, { cosines }: ScoreBuffers): void {
  cosines.set(index.vectors.multiply(query, index.size))
}

/** Estimates how many windows contain one of the terms. */
export function countWindows(index: PassageIndex, names: readonly string[]): number {
  let found = 0
  for (const name of names) {
    const number = index.termNumbers.get(name)
    // Each passage is in two windows, but neighbours often share a term: one and a half is near the truth.
    found += number === undefined ? 0 : 1.5 * (index.postings[number]?.length ?? 0)
  }
  return Math.min(found, index.windows)
}

/** How rare a term found in so many of all windows is. */
export function rarity(found: number, windows: number): number {
  return Math.log(1 + (windows - found + 0.5) / (found + 0.5))
}
