import type { ScoreBuffers } from './score-buffers.ts'

type Wanted = { size: number; count: number; least: number }

/**
 * The places of the `count` highest of the first `size` values that are above `least`, in order. Of equal
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
  const own = new Float32Array(places.length)
  for (let at = 0; at < own.length; at += 1) own[at] = values[places[at] ?? 0] ?? 0
  const lowest = nthHighest(own.slice(), count)
  // All that are higher than the lowest one are taken, and so many of those that are equal to it.
  let equal = count
  for (let at = 0; at < own.length; at += 1) if ((own[at] ?? 0) > lowest) equal -= 1
  const taken = new Uint32Array(count)
  let length = 0
  for (let at = 0; at < own.length && length < count; at += 1) {
    const value = own[at] ?? 0
    if (value < lowest || (value === lowest && equal === 0)) continue
    if (value === lowest) equal -= 1
    taken[length] = places[at] ?? 0
    length += 1
  }
  return taken
}

/** The value that `count - 1` others are before when the highest comes first; changes the order of `values`. */
function nthHighest(values: Float32Array, count: number): number {
  let first = 0
  let last = values.length - 1
  while (first < last) {
    const middle = values[(first + last) >>> 1] ?? 0
    let [low, high] = [first, last]
    while (low <= high) {
      while ((values[low] ?? 0) > middle) low += 1
      while ((values[high] ?? 0) < middle) high -= 1
      if (low > high) break
      const moved = values[low] ?? 0
      values[low] = values[high] ?? 0
      values[high] = moved
      low += 1
      high -= 1
    }
    if (count - 1 <= high) last = high
    else if (count - 1 >= low) first = low
    else break
  }
  return values[count - 1] ?? 0
}

/** Joins two ordered lists of places, each place once. */
export function joinPlaces(one: Uint32Array, other: Uint32Array): Uint32Array {
  const joined = new Uint32Array(one.length + other.length)
  let length = 0
  for (let a = 0, b = 0; a < one.length || b < other.length; length += 1) {
    const [first, second] = [one[a] ?? Number.POSITIVE_INFINITY, other[b] ?? Number.POSITIVE_INFINITY]
    joined[length] = Math.min(first, second)
    if (first <= second) a += 1
    if (second <= first) b += 1
  }
  return joined.subarray(0, length)
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
