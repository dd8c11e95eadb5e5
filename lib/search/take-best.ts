/**
 * The places of the `count` highest of the first `size` values that are above `least`, in no order. Of equal
 * values the earlier ones are taken.
 */
export function takeBest(
  values: Float32Array,
  { size, count, least }: { size: number; count: number; least: number },
): number[] {
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
    if (value <= least || (heap.length === count && value <= lowestKept)) continue
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
