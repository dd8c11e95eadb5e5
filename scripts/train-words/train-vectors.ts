import { multiplyTransposed, transpose } from './multiply.ts'

/** Two texts as numbers of terms. */
export type NumberedPair = readonly [readonly number[], readonly number[]]

const BATCH = 1024
const TEMPERATURE = 1 / 15
const LEARNING_RATE = 0.01
const WARM_UP_STEPS = 100
const SHARED_DROPPED = 0.8
const BETA_1 = 0.9
const BETA_2 = 0.999

/**
 * Trains the vectors (`size` x `dimensions`, row-major, changed in place) so that the sums of paired
 * texts point in the same direction and those of other texts do not: contrastive learning in which all other
 * texts of a batch are wrong answers. In four of five pairs the terms that both texts share are dropped,
 * so that meaning is learned and not spelling. Equal input gives bit-identical output.
 */
export function trainVectors(
  vectors: Float64Array,
  {
    pairs,
    dimensions,
    epochs,
    onProgress,
  }: {
    pairs: readonly NumberedPair[]
    dimensions: number
    epochs: number
    onProgress: (report: { step: number; steps: number; loss: number }) => void
  },
): void {
  const random = seededRandom(20261128)
  const stepsPerEpoch = Math.floor(pairs.length / BATCH)
  const steps = epochs * stepsPerEpoch
  const optimiser = lazyAdam(vectors, dimensions)
  const batch = batchWorkspace(dimensions)
  let step = 0
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    const order = shuffled(pairs.length, random)
    for (let start = 0; start + BATCH <= pairs.length; start += BATCH) {
      step += 1
      const chosen = Array.from({ length: BATCH }, (_, place) => {
        const pair = pairs[order[start + place] ?? 0] ?? [[], []]
        return random() < SHARED_DROPPED ? withoutShared(pair) : pair
      })
      const gradients = new Map<number, Float64Array>()
      const loss = batch(vectors, chosen, gradients)
      const warm = Math.min(1, step / WARM_UP_STEPS)
      const rate = LEARNING_RATE * warm * Math.max(0.02, 1 - step / steps)
      optimiser(gradients, rate, step)
      if (step % 50 === 0) onProgress({ step, steps, loss })
    }
  }
}

function withoutShared([one, other]: NumberedPair): NumberedPair {
  const shared = new Set(one.filter((term) => other.includes(term)))
  if (shared.size === 0 || shared.size === one.length || shared.size === other.length) return [one, other]
  return [one.filter((term) => !shared.has(term)), other.filter((term) => !shared.has(term))]
}

/** Computes the loss of one batch and adds its gradients by term. Buffers are reused between batches. */
function batchWorkspace(dimensions: number) {
  const size = BATCH * dimensions
  const a = new Float64Array(size)
  const b = new Float64Array(size)
  const transposed = new Float64Array(size)
  const changeA = new Float64Array(size)
  const changeB = new Float64Array(size)
  const lengthsA = new Float64Array(BATCH)
  const lengthsB = new Float64Array(BATCH)
  const scores = new Float64Array(BATCH * BATCH)
  const slopes = new Float64Array(BATCH * BATCH)
  const slopesTransposed = new Float64Array(BATCH * BATCH)
  return (
    vectors: Float64Array,
    pairs: readonly NumberedPair[],
    gradients: Map<number, Float64Array>,
  ): number => {
    sumTexts(a, lengthsA, vectors, dimensions, pairs, 0)
    sumTexts(b, lengthsB, vectors, dimensions, pairs, 1)
    multiplyTransposed(scores, a, b, { rows: BATCH, columns: BATCH, depth: dimensions })
    const loss = softmaxSlopes(scores, slopes)
    transpose(transposed, b, BATCH, dimensions)
    multiplyTransposed(changeA, slopes, transposed, { rows: BATCH, columns: dimensions, depth: BATCH })
    transpose(slopesTransposed, slopes, BATCH, BATCH)
    transpose(transposed, a, BATCH, dimensions)
    multiplyTransposed(changeB, slopesTransposed, transposed, {
      rows: BATCH,
      columns: dimensions,
      depth: BATCH,
    })
    addGradients(gradients, changeA, a, lengthsA, dimensions, pairs, 0)
    addGradients(gradients, changeB, b, lengthsB, dimensions, pairs, 1)
    return loss
  }
}

/** Computes the unit vector of each text, and its length before normalisation. */
function sumTexts(
  out: Float64Array,
  lengths: Float64Array,
  vectors: Float64Array,
  dimensions: number,
  pairs: readonly NumberedPair[],
  side: 0 | 1,
): void {
  out.fill(0)
  for (const [place, pair] of pairs.entries()) {
    const to = place * dimensions
    for (const term of pair[side]) {
      const from = term * dimensions
      for (let d = 0; d < dimensions; d += 1) out[to + d] = at(out, to + d) + at(vectors, from + d)
    }
    let squares = 1e-12
    for (let d = 0; d < dimensions; d += 1) squares += at(out, to + d) ** 2
    const length = Math.sqrt(squares)
    lengths[place] = length
    for (let d = 0; d < dimensions; d += 1) out[to + d] = at(out, to + d) / length
  }
}

/** Computes the cross-entropy of both directions, and its slope for each score. */
function softmaxSlopes(scores: Float64Array, slopes: Float64Array): number {
  const rowSums = new Float64Array(BATCH)
  const columnSums = new Float64Array(BATCH)
  // Cosines are at most 1, so that subtracting 1 keeps every exponent at or below 0.
  for (let i = 0; i < BATCH; i += 1) {
    for (let j = 0; j < BATCH; j += 1) {
      const place = i * BATCH + j
      const value = Math.exp((at(scores, place) - 1) / TEMPERATURE)
      slopes[place] = value
      rowSums[i] = at(rowSums, i) + value
      columnSums[j] = at(columnSums, j) + value
    }
  }
  let loss = 0
  for (let i = 0; i < BATCH; i += 1) {
    const own = at(slopes, i * BATCH + i)
    loss -= Math.log(own / at(rowSums, i)) + Math.log(own / at(columnSums, i))
  }
  const scale = 1 / (2 * BATCH * TEMPERATURE)
  for (let i = 0; i < BATCH; i += 1) {
    for (let j = 0; j < BATCH; j += 1) {
      const place = i * BATCH + j
      const value = at(slopes, place)
      const target = i === j ? 2 : 0
      slopes[place] = (value / at(rowSums, i) + value / at(columnSums, j) - target) * scale
    }
  }
  return loss / (2 * BATCH)
}

/** Adds the gradients through the normalisation: only the part orthogonal to the vector changes it. */
function addGradients(
  gradients: Map<number, Float64Array>,
  changes: Float64Array,
  units: Float64Array,
  lengths: Float64Array,
  dimensions: number,
  pairs: readonly NumberedPair[],
  side: 0 | 1,
): void {
  for (const [place, pair] of pairs.entries()) {
    const from = place * dimensions
    let along = 0
    for (let d = 0; d < dimensions; d += 1) along += at(changes, from + d) * at(units, from + d)
    // A text of untrained terms has almost no length, so the divisor has a minimum.
    const scale = 1 / Math.max(at(lengths, place), 0.05)
    for (const term of pair[side]) {
      let gradient = gradients.get(term)
      if (!gradient) {
        gradient = new Float64Array(dimensions)
        gradients.set(term, gradient)
      }
      for (let d = 0; d < dimensions; d += 1) {
        gradient[d] = at(gradient, d) + (at(changes, from + d) - along * at(units, from + d)) * scale
      }
    }
  }
}

/** Adam that updates only the rows with a gradient. */
function lazyAdam(vectors: Float64Array, dimensions: number) {
  const means = new Float32Array(vectors.length)
  const squares = new Float32Array(vectors.length)
  return (gradients: ReadonlyMap<number, Float64Array>, rate: number, step: number): void => {
    const meanScale = 1 / (1 - BETA_1 ** step)
    const squareScale = 1 / (1 - BETA_2 ** step)
    for (const [term, gradient] of gradients) {
      const from = term * dimensions
      for (let d = 0; d < dimensions; d += 1) {
        const place = from + d
        const slope = at(gradient, d)
        const mean = BETA_1 * (means[place] ?? 0) + (1 - BETA_1) * slope
        const square = BETA_2 * (squares[place] ?? 0) + (1 - BETA_2) * slope * slope
        means[place] = mean
        squares[place] = square
        vectors[place] =
          at(vectors, place) - (rate * mean * meanScale) / (Math.sqrt(square * squareScale) + 1e-8)
      }
    }
  }
}

function shuffled(length: number, random: () => number): Uint32Array {
  const order = Uint32Array.from({ length }, (_, place) => place)
  for (let place = length - 1; place > 0; place -= 1) {
    const other = Math.floor(random() * (place + 1))
    const kept = order[place] ?? 0
    order[place] = order[other] ?? 0
    order[other] = kept
  }
  return order
}

/** Mulberry32: small, and the same on every machine. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

function at(values: Float64Array, place: number): number {
  return values[place] ?? 0
}
