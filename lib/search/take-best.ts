import type { ScoreBuffers } from './score-buffers.ts'

type Wanted = { size: number; count: number; least: number }

/**
 * The places of the `count` highest of the first `size` values that are above `least`, in no order. Of equal
 * values the earlier ones are taken. `values` is one of the buffers.
 */
export function takeBest(
  buffers: ScoreBuffers,
  values: Float32Array,
  { size, count, least }: Wanted,
): Uint32Array {
  const floor = guessFloor(values, { size, count, least })
  const places = buffers.placesOf(values, { size, floor, least })
  const enough =
    places.length < count && floor > least
      ? buffers.placesOf(values, { size, floor: Number.NEGATIVE_INFINITY, least })
      : places
  return highest(values, enough, count)
}

/** The places of the `count` highest values among those at `places`, which are in order. */
function highest(values: Float32Array, places: Uint32Array, count: number): Uint32Array {
  if (places.length <= count) return places.slice()
  const sorted = new Float32Array(places.length)
  for (let at = 0; at < sorted.length; at += 1) sorted[at] = values[places[at] ?? 0] ?? 0
  sorted.sort()
  const lowest = sorted[sorted.length - count] ?? 0
  // All that are higher than the lowest one are taken, and so many of those that are equal to it.
  let equal = sorted.lastIndexOf(lowest) + 1 - (sorted.length - count)
  return places.filter((place) => {
    const value = values[place] ?? 0
    if (value !== lowest) return value > lowest
    equal -= 1
    return equal >= 0
  })
}

/** Every so many values one is looked at. */
const SAMPLE_STEP = 8
/** So many more values than wanted should be above the floor, because a sample is not exact. */
const MARGIN = 1.5
const MARGIN_COUNT = 64
/** Values of a sample are counted by their first bits: sign, exponent and four digits. */
const COUNTED_BITS = 13
const SIGN = 0x8000_0000
const tallies = new Uint32Array(2 ** COUNTED_BITS)

/**
 * A value that probably a few more than `count` of the values reach, by a sample of them. Without it the heap takes in
 * thousands of values that better ones replace later.
 */
function guessFloor(values: Float32Array, { size, count, least }: Wanted): number {
  const wanted = (count * MARGIN + MARGIN_COUNT) / SAMPLE_STEP
  const bits = new Uint32Array(values.buffer, values.byteOffset, size)
  tallies.fill(0)
  for (let place = 0; place < size; place += SAMPLE_STEP) {
    if ((values[place] ?? 0) <= least) continue
    const group = orderOf(bits[place] ?? 0) >>> (32 - COUNTED_BITS)
    tallies[group] = (tallies[group] ?? 0) + 1
  }
  let counted = 0
  for (let group = tallies.length - 1; group >= 0; group -= 1) {
    counted += tallies[group] ?? 0
    if (counted >= wanted) return lowestOf(group)
  }
  return Number.NEGATIVE_INFINITY
}

/** A whole number that is higher for a higher float, from the bits of the float. */
function orderOf(bits: number): number {
  return (bits & SIGN) === 0 ? (bits | SIGN) >>> 0 : ~bits >>> 0
}

/** The lowest float whose number begins with `group`. */
function lowestOf(group: number): number {
  const order = (group << (32 - COUNTED_BITS)) >>> 0
  const bits = (order & SIGN) === 0 ? ~order >>> 0 : (order & ~SIGN) >>> 0
  return new Float32Array(Uint32Array.of(bits).buffer)[0] ?? Number.NEGATIVE_INFINITY
}
