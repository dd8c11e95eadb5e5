/**
 * Numbers that sort the entries as they are listed, the smallest first. Entries whose known rank fits keep it, so that
 * few change; a new first one gets a rank by the time (`nowMs`), so that what two devices put first is sorted by time.
 */
export function rankInOrder(
  ids: readonly string[],
  rankOf: (id: string) => number | undefined,
  nowMs: number,
): Map<string, number> {
  const fixed = longestRise(ids.map(rankOf))
  const ranks = new Map<string, number>()
  let from = 0
  while (from < ids.length) {
    const own = rankOf(ids[from] ?? '')
    if (own !== undefined && fixed.has(from)) {
      ranks.set(ids[from] ?? '', own)
      from += 1
      continue
    }
    let to = from
    while (to < ids.length && !fixed.has(to)) to += 1
    const between = ranksBetween(rankAt(from - 1), rankAt(to), to - from, nowMs)
    if (!between) return new Map(ids.map((id, index) => [id, index - nowMs]))
    for (const [index, rank] of between.entries()) ranks.set(ids[from + index] ?? '', rank)
    from = to
  }
  return ranks

  function rankAt(index: number): number | undefined {
    const id = ids[index]
    return id === undefined ? undefined : (ranks.get(id) ?? rankOf(id))
  }
}

/** Null when there is no number left between the two. */
function ranksBetween(
  before: number | undefined,
  after: number | undefined,
  count: number,
  nowMs: number,
): number[] | null {
  const numbers = Array.from({ length: count }, (_, index) => index)
  if (before !== undefined && after !== undefined) {
    const step = (after - before) / (count + 1)
    const ranks = numbers.map((index) => before + step * (index + 1))
    const rising = [before, ...ranks, after].every(
      (rank, index, all) => index === 0 || rank > (all[index - 1] ?? rank),
    )
    return rising ? ranks : null
  }
  if (before !== undefined) return numbers.map((index) => before + 1 + index)
  const first = after === undefined ? -nowMs : Math.min(-nowMs, after - count)
  return numbers.map((index) => first + index)
}

/** The places of a longest series of rising numbers. */
function longestRise(numbers: readonly (number | undefined)[]): Set<number> {
  const lengths: number[] = []
  const previous: number[] = []
  let last = -1
  for (const [index, number] of numbers.entries()) {
    lengths[index] = 0
    previous[index] = -1
    if (number === undefined) continue
    lengths[index] = 1
    for (let earlier = 0; earlier < index; earlier += 1) {
      const other = numbers[earlier]
      const length = (lengths[earlier] ?? 0) + 1
      if (other === undefined || other >= number || length <= (lengths[index] ?? 0)) continue
      lengths[index] = length
      previous[index] = earlier
    }
    if (last === -1 || (lengths[index] ?? 0) > (lengths[last] ?? 0)) last = index
  }
  const places = new Set<number>()
  for (let place = last; place >= 0; place = previous[place] ?? -1) places.add(place)
  return places
}
