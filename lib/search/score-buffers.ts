/** `weigh-scores.wat` in binary form, written by `wat2wasm` of WABT. */
const code =
  'AGFzbQEAAAABEQJgA39/fwBgB39/f399fX0AAg8BA2VudgZtZW1vcnkCAAEDAwIAAQcVAgdtZWFzdXJlAAAHY29tYmluZQABCtwBAogBAQV7AkADQCAAIAFPDQEgAP0ABAAhAyAD/V8hBCADIAP9DQgJCgsMDQ4PCAkKCwwNDg/9XyEFIAYgBCAF/fAB/fABIQYgByAEIAT98gEgBSAF/fIB/fAB/fABIQcgAEEQaiEADAALCyACIAb9IQAgBv0hAaA5AwAgAiAH/SEAIAf9IQGgOQMIC1AAAkADQCAAIAFPDQEgAyAE/RMgAP0ABAD95gEgBf0TIAL9AAQA/eYB/eQBIAb9E/3kAf0LBAAgAEEQaiEAIAJBEGohAiADQRBqIQMMAAsLCw=='

const PAGE_BYTES = 65_536
const FLOAT_BYTES = 4
/** The code reads and writes so many numbers at a time. */
const LANES = 4
/** Where the code writes the two sums, before everything else. */
const SUMS_BYTES = 16

/** How scores become standard scores: without the mean, times `perUnit`. */
export type Scale = { mean: number; perUnit: number }

/** Buffers that are used again for every query on an index of up to `size` passages. */
export interface ScoreBuffers {
  readonly size: number
  counts: Float32Array
  words: Float32Array
  cosines: Float32Array
  /** All of it together, as the ranking weighs it. */
  scores: Float32Array
  touched: Uint32Array
  /** The scale of the first `size` values, of which `count` count and the others are 0. */
  scaleOf(values: Float32Array, options: { size: number; count: number }): Scale
  /** Writes the weighed sum of two buffers of standard scores to `scores`. */
  combine(
    size: number,
    one: { values: Float32Array; scale: Scale; weight: number },
    other: { values: Float32Array; scale: Scale; weight: number },
  ): void
}

type Measure = (values: number, end: number, out: number) => void
type Combine = (
  one: number,
  end: number,
  other: number,
  out: number,
  oneWeight: number,
  otherWeight: number,
  constant: number,
) => void

/** Makes buffers whose sums are computed by instructions that JavaScript does not have. */
export function createScoreBuffers(size: number): ScoreBuffers {
  const length = Math.ceil((size + 1) / LANES) * LANES
  const bytes = length * FLOAT_BYTES
  const memory = new WebAssembly.Memory({ initial: Math.ceil((SUMS_BYTES + 4 * bytes) / PAGE_BYTES) })
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(code, 'base64')), {
    env: { memory },
  })
  const measure = exports.measure as Measure
  const combine = exports.combine as Combine
  const sums = new Float64Array(memory.buffer, 0, 2)
  const floats = (place: number) => new Float32Array(memory.buffer, SUMS_BYTES + place * bytes, length)
  const scores = floats(3)
  return {
    size,
    counts: floats(0),
    words: floats(1),
    cosines: floats(2),
    scores,
    touched: new Uint32Array(length),
    scaleOf(values, { size, count }) {
      measure(values.byteOffset, values.byteOffset + size * FLOAT_BYTES, 0)
      const [sum = 0, squares = 0] = sums
      const mean = count === 0 ? 0 : sum / count
      const deviation = count === 0 ? 0 : Math.sqrt(Math.max(0, squares / count - mean * mean))
      return { mean, perUnit: deviation < 1e-6 ? 0 : 1 / deviation }
    },
    combine(size, one, other) {
      const end = one.values.byteOffset + size * FLOAT_BYTES
      const oneWeight = one.weight * one.scale.perUnit
      const otherWeight = other.weight * other.scale.perUnit
      const constant = -oneWeight * one.scale.mean - otherWeight * other.scale.mean
      combine(
        one.values.byteOffset,
        end,
        other.values.byteOffset,
        scores.byteOffset,
        oneWeight,
        otherWeight,
        constant,
      )
    },
  }
}
