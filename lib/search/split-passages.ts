import type { StoredWord, WordRange } from '#lib/db/schema.ts'

/** A stretch of a transcript that is indexed as one piece. Word numbers are inclusive. */
export type PassageSpan = {
  position: number
  firstWord: number
  lastWord: number
  startMs: number
  endMs: number
  text: string
}

export type PassageSizes = { idealWords: number; maxWords: number; longPauseMs: number }

/** Chosen with `npm run eval`; see docs/evaluation.md. */
export const passageSizes: PassageSizes = { idealWords: 60, maxWords: 95, longPauseMs: 4000 }

/** A pause of this length or more is a good place to divide. */
const BREATH_MS = 700

/**
 * Divides a transcript into passages of about `idealWords` words, at sentences and pauses. Every word is
 * in exactly one passage, in order; no passage crosses a pause of `longPauseMs`. A sentence longer than
 * `maxWords` is divided at its clauses. Accepts any input: missing, overlapping or wrong sentence ranges
 * only give worse boundaries. The same input gives the same passages.
 */
export function splitPassages(
  transcript: { words: readonly StoredWord[]; sentences: readonly WordRange[] },
  sizes: PassageSizes = passageSizes,
): PassageSpan[] {
  const { words } = transcript
  const spans: WordRange[] = []
  for (const stretch of stretches(words, sizes.longPauseMs)) {
    const pieces = sentencePieces(words, transcript.sentences, stretch, sizes.maxWords)
    spans.push(...joinPieces(words, pieces, sizes))
  }
  return spans.map(([firstWord, lastWord], position) => {
    const taken = words.slice(firstWord, lastWord + 1)
    const startMs = words[firstWord]?.[1] ?? 0
    return {
      position,
      firstWord,
      lastWord,
      startMs,
      endMs: Math.max(startMs, words[lastWord]?.[2] ?? startMs),
      text: taken.map(([text]) => text).join(' '),
    }
  })
}

/** The transcript between long pauses. */
function stretches(words: readonly StoredWord[], longPauseMs: number): WordRange[] {
  const found: WordRange[] = []
  let first = 0
  for (let word = 1; word <= words.length; word += 1) {
    if (word === words.length || pauseBefore(words, word) >= longPauseMs) {
      found.push([first, word - 1])
      first = word
    }
  }
  return found
}

function pauseBefore(words: readonly StoredWord[], word: number): number {
  const before = words[word - 1]
  const after = words[word]
  return before && after ? after[1] - before[2] : 0
}

/** The sentences of one stretch, tiling it, none longer than `maxWords`. */
function sentencePieces(
  words: readonly StoredWord[],
  sentences: readonly WordRange[],
  [first, last]: WordRange,
  maxWords: number,
): WordRange[] {
  const starts = new Set([first])
  for (const [sentenceFirst, sentenceLast] of sentences) {
    for (const start of [sentenceFirst, sentenceLast + 1]) {
      if (Number.isInteger(start) && start > first && start <= last) starts.add(start)
    }
  }
  const ordered = [...starts].sort((a, b) => a - b)
  return ordered.flatMap((start, index) =>
    clausePieces(words, [start, (ordered[index + 1] ?? last + 1) - 1], maxWords),
  )
}

/** Divides a sentence that is too long into even pieces, each ending at the best nearby end of a clause. */
function clausePieces(words: readonly StoredWord[], [first, last]: WordRange, maxWords: number): WordRange[] {
  const count = last - first + 1
  if (count <= maxWords) return [[first, last]]
  const ideal = first + Math.ceil(count / Math.ceil(count / maxWords))
  const reach = Math.floor(maxWords / 4)
  let best = ideal
  let bestScore = Number.NEGATIVE_INFINITY
  for (
    let start = Math.max(first + 1, ideal - reach);
    start <= Math.min(last, first + maxWords);
    start += 1
  ) {
    const score = boundaryWorth(words, start) - Math.abs(start - ideal) / reach
    if (score > bestScore) {
      best = start
      bestScore = score
    }
  }
  return [[first, best - 1], ...clausePieces(words, [best, last], maxWords)]
}

/** How good a boundary before this word is, from 0 up. */
function boundaryWorth(words: readonly StoredWord[], word: number): number {
  const before = words[word - 1]?.[0] ?? ''
  const mark = /[.?!]["'”’)]*$/.test(before)
    ? 3
    : /[;:—–-]["'”’)]*$/.test(before)
      ? 2
      : /,$/.test(before)
        ? 1
        : 0
  return mark + (pauseBefore(words, word) >= BREATH_MS ? 1 : 0)
}

/** Joins neighbouring pieces into passages so that the total distance from the ideal size is least. */
function joinPieces(
  words: readonly StoredWord[],
  pieces: readonly WordRange[],
  sizes: PassageSizes,
): WordRange[] {
  const best: { cost: number; from: number }[] = [{ cost: 0, from: 0 }]
  for (let end = 1; end <= pieces.length; end += 1) {
    let chosen = { cost: Number.POSITIVE_INFINITY, from: end - 1 }
    for (let from = end - 1; from >= 0; from -= 1) {
      const size = (pieces[end - 1]?.[1] ?? 0) - (pieces[from]?.[0] ?? 0) + 1
      if (size > sizes.maxWords && from < end - 1) break
      const before = best[from]?.cost ?? 0
      const distance = ((size - sizes.idealWords) / sizes.idealWords) ** 2
      const breath = from > 0 && pauseBefore(words, pieces[from]?.[0] ?? 0) >= BREATH_MS ? 0.1 : 0
      const cost = before + distance - breath
      if (cost < chosen.cost) chosen = { cost, from }
    }
    best.push(chosen)
  }
  const joined: WordRange[] = []
  for (let end = pieces.length; end > 0; end = best[end]?.from ?? 0) {
    const from = best[end]?.from ?? 0
    const firstPiece = pieces[from]
    const lastPiece = pieces[end - 1]
    if (firstPiece && lastPiece) joined.unshift([firstPiece[0], lastPiece[1]])
  }
  return joined
}
