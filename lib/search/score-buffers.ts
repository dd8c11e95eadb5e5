/** `weigh-scores.wat` in binary form, written by `wat2wasm` of WABT. */
const code =
  'AGFzbQEAAAABGgNgA39/fwBgB39/f399fX0AYAV/f319fwF/Ag8BA2VudgZtZW1vcnkCAAEDBAMAAQIHHwMHbWVhc3VyZQAAB2NvbWJpbmUAAQdjb2xsZWN0AAIKpQMDiAEBBXsCQANAIAAgAU8NASAA/QAEACEDIAP9XyEEIAMgA/0NCAkKCwwNDg8ICQoLDA0OD/1fIQUgBiAEIAX98AH98AEhBiAHIAQgBP3yASAFIAX98gH98AH98AEhByAAQRBqIQAMAAsLIAIgBv0hACAG/SEBoDkDACACIAf9IQAgB/0hAaA5AwgLUAACQANAIAAgAU8NASADIAT9EyAA/QAEAP3mASAF/RMgAv0ABAD95gH95AEgBv0T/eQB/QsEACAAQRBqIQAgAkEQaiECIANBEGohAwwACwsLxwEBBX8CQANAIAUgAU8NASAAIAVBAnRqIQkgCf0ABAAgCf0ABBD96wEgCf0ABCAgCf0ABDD96wH96wEgAv0T/Ub9UwRAIAVBEGohBgNAIAn9AAQAIAL9E/1GIAn9AAQAIAP9E/1E/U79pAEhBwJAA0AgB0UNASAEIAhBAnRqIAUgB2hqNgIAIAggBSAHaGogAUlqIQggByAHQQFrcSEHDAALCyAJQRBqIQkgBUEEaiEFIAUgBkkNAAsFIAVBEGohBQsMAAsLIAgL'

const PAGE_BYTES = 65_536
const FLOAT_BYTES = 4
/** The code reads at most so many numbers at a time. */
const LANES = 16
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
  /** The places, in order, of those of the first `size` values that are at least `floor` and above `least`. Valid until the next call. */
  placesOf(values: Float32Array, options: { size: number; floor: number; least: number }): Uint32Array
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
type Collect = (values: number, size: number, floor: number, least: number, out: number) => number

/** Makes buffers that are read and written by instructions that JavaScript does not have. */
export function createScoreBuffers(size: number): ScoreBuffers {
  const length = Math.ceil((size + 1) / LANES) * LANES
  const bytes = length * FLOAT_BYTES
  const memory = new WebAssembly.Memory({ initial: Math.ceil((SUMS_BYTES + 5 * bytes) / PAGE_BYTES) })
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(code, 'base64')), {
    env: { memory },
  })
  const measure = exports.measure as Measure
  const combine = exports.combine as Combine
  const collect = exports.collect as Collect
  const sums = new Float64Array(memory.buffer, 0, 2)
  const floats = (place: number) => new Float32Array(memory.buffer, SUMS_BYTES + place * bytes, length)
  const scores = floats(3)
  const placesAt = SUMS_BYTES + 4 * bytes
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
    placesOf(values, { size, floor, least }) {
      const count = collect(values.byteOffset, size, floor, least, placesAt)
      return new Uint32Array(memory.buffer, placesAt, count)
    },
  }
}
