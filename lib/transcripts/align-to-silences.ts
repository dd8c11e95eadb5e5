type Span = { startMs: number; endMs: number }

// How many pauses around the expected place of a sentence end are considered.
const CANDIDATES = 40
// Among this many consecutive sentence ends, at least one falls on a pause.
const MAX_SKIP = 6
const SKIP_COST = 1.2
// The weight of a pause of one second against a wrong length.
const PAUSE_REWARD = 2.5
const MAX_REWARDED_MS = 1500
// No sermon has more; above this, the time is shared by weight only.
const MAX_SENTENCES = 3000

type Cell = { cost: number; previous: Cell | null; boundary: number; pause: number }

/**
 * Aligns consecutive sentences to the recording. `weights` are the relative lengths of the sentences, in any unit.
 * Sentence ends are put on pauses so that lengths fit and long pauses are preferred; between two such ends, the time
 * without pauses is divided by weight. Returns one span per sentence, in order, within 0..durationMs.
 */
export function alignToSilences(
  weights: readonly number[],
  audio: { durationMs: number; silences: readonly Span[] },
): Span[] {
  const clock = speechClock(audio)
  const pauses = clock.pauses
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (weights.length === 0 || total <= 0 || clock.speechMs <= 0) {
    return weights.map(() => ({ startMs: 0, endMs: audio.durationMs }))
  }
  const msPerWeight = clock.speechMs / total
  const ends = weights.map(() => 0)
  let sum = 0
  for (const [index, weight] of weights.entries()) {
    sum += weight
    ends[index] = sum * msPerWeight
  }

  const anchors = findAnchors(ends, weights.length > MAX_SENTENCES ? [] : pauses)
  const spans: Span[] = []
  for (const [index, anchor] of anchors.entries()) {
    const before = anchors[index - 1] ?? { boundary: -1, speechMs: 0 }
    const fromEnd = before.boundary < 0 ? 0 : (ends[before.boundary] ?? 0)
    const toEnd = ends[anchor.boundary] ?? clock.speechMs
    for (let sentence = before.boundary + 1; sentence <= anchor.boundary; sentence += 1) {
      const place = (end: number) =>
        before.speechMs +
        ((end - fromEnd) / Math.max(1e-9, toEnd - fromEnd)) * (anchor.speechMs - before.speechMs)
      const startMs = clock.toAudio(place(sentence === 0 ? 0 : (ends[sentence - 1] ?? 0)), 'after')
      const endMs = clock.toAudio(place(ends[sentence] ?? 0), 'before')
      spans.push({ startMs: Math.round(startMs), endMs: Math.round(Math.max(startMs, endMs)) })
    }
  }
  return spans
}

/** Pairs of sentence end and pause, the last being the end of everything, by dynamic programming. */
function findAnchors(
  ends: readonly number[],
  pauses: readonly { speechMs: number; lengthMs: number }[],
): { boundary: number; speechMs: number }[] {
  const lastBoundary = ends.length - 1
  const totalMs = ends[lastBoundary] ?? 0
  const origin: Cell = { cost: 0, previous: null, boundary: -1, pause: -1 }
  const rows: Cell[][] = []
  const placeOf = (cell: Cell) => (cell.pause < 0 ? 0 : (pauses[cell.pause]?.speechMs ?? 0))
  const reach = (cell: Cell, boundary: number, atMs: number): number => {
    const expected = (ends[boundary] ?? 0) - (cell.boundary < 0 ? 0 : (ends[cell.boundary] ?? 0))
    const actual = atMs - placeOf(cell)
    if (actual <= 0) return Number.POSITIVE_INFINITY
    // Twice too long and twice too short are equally wrong; long stretches count more than short ones.
    return (
      cell.cost +
      Math.log(actual / expected) ** 2 * Math.sqrt(expected / 250) +
      SKIP_COST * (boundary - cell.boundary - 1)
    )
  }
  const bestInto = (boundary: number, pause: number, atMs: number, bonus: number): Cell | null => {
    let best: Cell | null = null
    for (let back = 1; back <= MAX_SKIP; back += 1) {
      for (const cell of boundary - back < 0
        ? boundary - back === -1
          ? [origin]
          : []
        : (rows[boundary - back] ?? [])) {
        const cost = reach(cell, boundary, atMs) - bonus
        if (cost < (best?.cost ?? Number.POSITIVE_INFINITY)) best = { cost, previous: cell, boundary, pause }
      }
    }
    return best
  }
  for (let boundary = 0; boundary < lastBoundary; boundary += 1) {
    const from = Math.max(0, lowerBound(pauses, ends[boundary] ?? 0) - CANDIDATES / 2)
    const row: Cell[] = []
    for (let pause = from; pause < Math.min(pauses.length, from + CANDIDATES); pause += 1) {
      const { speechMs = 0, lengthMs = 0 } = pauses[pause] ?? {}
      const bonus = (PAUSE_REWARD * Math.min(lengthMs, MAX_REWARDED_MS)) / 1000
      const cell = bestInto(boundary, pause, speechMs, bonus)
      if (cell) row.push(cell)
    }
    rows.push(row)
  }
  const anchors = [{ boundary: lastBoundary, speechMs: totalMs }]
  for (
    let cell = bestInto(lastBoundary, -1, totalMs, 0)?.previous ?? null;
    cell && cell.boundary >= 0;
    cell = cell.previous
  ) {
    anchors.unshift({ boundary: cell.boundary, speechMs: placeOf(cell) })
  }
  return anchors
}

/** A clock that runs only during speech, and the pauses on it. */
function speechClock({ durationMs, silences }: { durationMs: number; silences: readonly Span[] }) {
  const quiet: Span[] = []
  for (const silence of silences.toSorted((a, b) => a.startMs - b.startMs)) {
    const startMs = Math.max(quiet.at(-1)?.endMs ?? 0, silence.startMs)
    const endMs = Math.min(durationMs, silence.endMs)
    if (endMs > startMs) quiet.push({ startMs, endMs })
  }
  let silentMs = 0
  const marks = quiet.map((span) => {
    const mark = { ...span, speechMs: span.startMs - silentMs, lengthMs: span.endMs - span.startMs }
    silentMs += mark.lengthMs
    return mark
  })
  const speechMs = durationMs - silentMs
  return {
    speechMs,
    /** Pauses inside the talk; pauses at its start and end separate no sentences. */
    pauses: marks.filter((mark) => mark.speechMs > 0 && mark.speechMs < speechMs),
    /** Converts a time on the speech clock to a time in the recording; at a pause, to its start or its end. */
    toAudio(atMs: number, side: 'before' | 'after'): number {
      const passed = marks[lowerBound(marks, side === 'before' ? atMs - 0.5 : atMs + 0.5) - 1]
      const skippedMs = passed ? passed.endMs - passed.speechMs : 0
      return Math.min(durationMs, Math.max(0, atMs + skippedMs))
    },
  }
}

function lowerBound(pauses: readonly { speechMs: number }[], atMs: number): number {
  let low = 0
  let high = pauses.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((pauses[middle]?.speechMs ?? 0) < atMs) low = middle + 1
    else high = middle
  }
  return low
}
