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
  const isLower = (one: number, other: number) => {
    const difference = (values[one] as number) - (values[other] as number)
    return difference < 0 || (difference === 0 && one > other)
  }
  const swap = (one: number, other: number) => {
    const kept = heap[one] as number
    heap[one] = heap[other] as number
    heap[other] = kept
  }
  for (let place = 0; place < size; place += 1) {
    if ((values[place] as number) <= least) continue
    if (heap.length < count) {
      heap.push(place)
      for (let at = heap.length - 1; at > 0; ) {
        const parent = (at - 1) >> 1
        if (!isLower(heap[at] as number, heap[parent] as number)) break
        swap(at, parent)
        at = parent
      }
      continue
    }
    if (!isLower(heap[0] as number, place)) continue
    heap[0] = place
    for (let at = 0; ; ) {
      const left = 2 * at + 1
      const right = left + 1
      let lowest = at
      if (left < count && isLower(heap[left] as number, heap[lowest] as number)) lowest = left
      if (right < count && isLower(heap[right] as number, heap[lowest] as number)) lowest = right
      if (lowest === at) break
      swap(at, lowest)
      at = lowest
    }
  }
  return heap
}
