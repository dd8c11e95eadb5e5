/** A sentence with its index terms and the sum of their meanings; null where none of them has one. */
type Sentence = { words: number; terms: readonly string[]; meaning: Float32Array | null }

/** Shorter sentences are rarely clear on their own, and longer ones are not a summary. */
const MIN_WORDS = 7
const MAX_WORDS = 45
/** The penalty for similarity to a sentence that was already chosen. */
const REPETITION = 1
/** The weight of the sermon's words relative to their meaning. */
const OWN_WORDS = 0.5

/**
 * Chooses the sentences that represent the whole text and returns their places in order: those nearest to its meaning
 * and most frequent words, each different from the others. Fewer than `count` if there are not enough.
 */
export function chooseKeySentences(sentences: readonly Sentence[], count: number): number[] {
  const whole = unit(sum(sentences.map(({ meaning }) => meaning)))
  const frequency = countSentences(sentences)
  const most = Math.max(1, ...frequency.values())
  const vectors = sentences.map(({ meaning }) => unit(meaning))
  const centrality = sentences.map(({ terms }, place) => {
    const own = new Set(terms)
    const often = [...own].reduce((total, term) => total + (frequency.get(term) ?? 0) / most, 0)
    return cosine(vectors[place] ?? null, whole) + (OWN_WORDS * often) / Math.max(1, own.size)
  })
  const open = new Set(
    sentences.flatMap(({ words, terms }, place) =>
      words >= MIN_WORDS && words <= MAX_WORDS && terms.length > 1 ? [place] : [],
    ),
  )
  // A text of few words has no better ones.
  if (open.size === 0)
    for (const [place, { terms }] of sentences.entries()) if (terms.length > 0) open.add(place)
  const chosen: number[] = []
  while (chosen.length < count && open.size > 0) {
    let [best, worth] = [-1, Number.NEGATIVE_INFINITY]
    for (const place of open) {
      const alike = chosen.reduce(
        (closest, other) => Math.max(closest, cosine(vectors[place] ?? null, vectors[other] ?? null)),
        0,
      )
      const own = (centrality[place] ?? 0) - REPETITION * alike
      if (own > worth) [best, worth] = [place, own]
    }
    open.delete(best)
    chosen.push(best)
  }
  return chosen.sort((a, b) => a - b)
}

/** How many sentences contain each term. */
function countSentences(sentences: readonly Sentence[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { terms } of sentences) {
    for (const term of new Set(terms)) counts.set(term, (counts.get(term) ?? 0) + 1)
  }
  return counts
}

function sum(vectors: readonly (Float32Array | null)[]): Float32Array | null {
  let total: Float32Array | null = null
  for (const vector of vectors) {
    if (!vector) continue
    total = total ? total.map((value, d) => value + (vector[d] ?? 0)) : vector
  }
  return total
}

function unit(vector: Float32Array | null): Float32Array | null {
  const length = vector ? Math.hypot(...vector) : 0
  return vector && length > 0 ? vector.map((value) => value / length) : null
}

function cosine(one: Float32Array | null, other: Float32Array | null): number {
  if (!one || !other) return 0
  return one.reduce((total, value, d) => total + value * (other[d] ?? 0), 0)
}
