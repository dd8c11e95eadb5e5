type Wanted = { size: number; count: number; least: number }

/**
 * The places of the `count` highest of the first `size` values that are above `least`, in no order. Of equal
 * values the earlier ones are taken.
 */
export function takeBest(values: Float32Array, wanted: Wanted): number[] {
  const floor = guessFloor(values, wanted)
  const best = collectBest(values, wanted, floor)
  return best.length < wanted.count && floor > wanted.least
    ? collectBest(values, wanted, Number.NEGATIVE_INFINITY)
    : best
}

/** As `takeBest`, among the values from `floor` on. */
function collectBest(values: Float32Array, { size, count, least }: Wanted, floor: number): number[] {
  // A heap with the lowest of the best on top; a later place counts as lower than an earlier one.
  const heap: number[] = []
  let lowestKept = Number.NEGATIVE_INFINITY
  const isLower = (one: number, other: number) => {
    const difference = (values[one] ?? 0) - (values[other] ?? 0)
    return difference < 0 || (difference === 0 && one > other)
  }
  const swap = (one: number, other: number) => {
    const kept = heap[one] ?? 0
    heap[one] = heap[other] ?? 0
    heap[other] = kept
  }
  for (let place = 0; place < size; place += 1) {
    const value = values[place] ?? 0
    if (value < floor || value <= least || (heap.length === count && value <= lowestKept)) continue
    if (heap.length < count) {
      heap.push(place)
      for (let at = heap.length - 1; at > 0; ) {
        const parent = (at - 1) >> 1
        if (!isLower(heap[at] ?? 0, heap[parent] ?? 0)) break
        swap(at, parent)
        at = parent
      }
      lowestKept = values[heap[0] ?? 0] ?? 0
      continue
    }
    heap[0] = place
    for (let at = 0; ; ) {
      const left = 2 * at + 1
      const right = left + 1
      let lowest = at
      if (left < count && isLower(heap[left] ?? 0, heap[lowest] ?? 0)) lowest = left
      if (right < count && isLower(heap[right] ?? 0, heap[lowest] ?? 0)) lowest = right
      if (lowest === at) break
      swap(at, lowest)
      at = lowest
    }
    lowestKept = values[heap[0] ?? 0] ?? 0
  }
  return heap
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
