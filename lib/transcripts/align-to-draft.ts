import { alignToSilences } from './align-to-silences.ts'
import { spreadTokens, weigh } from './cues-to-words.ts'
import { orderWordTimes } from './order-word-times.ts'
import type { Word } from './transcript.ts'

type Span = { startMs: number; endMs: number }
type Audio = { durationMs: number; silences: readonly Span[] }
type Pair = { text: number; draft: number }

/** With fewer words in common the text belongs to another recording, or the recogniser did not understand it. */
const MIN_MATCHED_SHARE = 0.25
/** Runs of this many equal words that occur once in each are certainly the same place. */
const CERTAIN_RUN = 3
/** Between two certain places, more pairs than this are not compared. */
const MOST_PAIRS = 9_000_000
/** A pair of words alone among wrong ones may be chance; a long word is not. */
const LONG_WORD = 6
const SCORES = { equal: 3, similar: 1, other: -2, gap: -1 } as const
const clauseEnd = /[.,;:!?…—–]["'”’)\]»]*$/u

/**
 * Times the words of a text by those that a recogniser heard in the recording, many of which may be wrong: words that
 * both have in the same order get the recogniser's times, and the words between them share the time between, with
 * clauses that end on pauses. Null if too few words agree.
 */
export function alignToDraft(
  texts: readonly string[],
  draft: readonly Word[],
  audio: Audio,
): { words: Word[]; matchedShare: number } | null {
  const spoken = texts.map(normalise)
  const heard = draft.map(({ text }) => normalise(text))
  const pairs = dropStrays(pairWords(spoken, heard), spoken)
  const matchedShare = pairs.length / Math.max(1, spoken.filter(Boolean).length)
  if (matchedShare < MIN_MATCHED_SHARE) return null
  const words: Word[] = []
  let next = 0
  let fromMs = 0
  for (const pair of pairs) {
    const timed = draft[pair.draft]
    if (!timed || timed.startMs < fromMs) continue
    words.push(...fillGap(texts.slice(next, pair.text), { startMs: fromMs, endMs: timed.startMs }, audio))
    words.push({ text: texts[pair.text] ?? '', startMs: timed.startMs, endMs: timed.endMs })
    next = pair.text + 1
    fromMs = timed.endMs
  }
  words.push(...fillGap(texts.slice(next), { startMs: fromMs, endMs: audio.durationMs }, audio))
  return { words: orderWordTimes(words), matchedShare }
}

function normalise(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
}

/** Words between two that were heard: their clauses end on the pauses between these. */
function fillGap(texts: readonly string[], gap: Span, { silences }: Audio): Word[] {
  if (texts.length === 0) return []
  const clauses: string[][] = [[]]
  for (const text of texts) {
    clauses.at(-1)?.push(text)
    if (clauseEnd.test(text)) clauses.push([])
  }
  const filled = clauses.filter((clause) => clause.length > 0)
  const spans = alignToSilences(
    filled.map((clause) => clause.reduce((sum, text) => sum + weigh(text), 0)),
    {
      durationMs: gap.endMs - gap.startMs,
      silences: silences.flatMap(({ startMs, endMs }) =>
        endMs > gap.startMs && startMs < gap.endMs
          ? [
              {
                startMs: Math.max(0, startMs - gap.startMs),
                endMs: Math.min(gap.endMs, endMs) - gap.startMs,
              },
            ]
          : [],
      ),
    },
  )
  return filled.flatMap((clause, index) => {
    const { startMs, endMs } = spans[index] ?? { startMs: 0, endMs: 0 }
    return spreadTokens(clause, gap.startMs + startMs, gap.startMs + endMs)
  })
}

/** Pairs of equal words in the order of both: between certain places by the best alignment with gaps. */
function pairWords(spoken: readonly string[], heard: readonly string[]): Pair[] {
  const pairs: Pair[] = []
  let from: Pair = { text: 0, draft: 0 }
  for (const place of [...certainPlaces(spoken, heard), { text: spoken.length, draft: heard.length }]) {
    pairs.push(...alignBetween(spoken, heard, from, place))
    if (place.text < spoken.length) pairs.push(place)
    from = { text: place.text + 1, draft: place.draft + 1 }
  }
  return pairs
}

/** Places whose run of words occurs once in each, in an order that both have. */
function certainPlaces(spoken: readonly string[], heard: readonly string[]): Pair[] {
  const runsOf = (words: readonly string[]) => {
    const places = new Map<string, number>()
    for (let at = 0; at + CERTAIN_RUN <= words.length; at += 1) {
      const run = words.slice(at, at + CERTAIN_RUN).join(' ')
      places.set(run, places.has(run) ? -1 : at)
    }
    return places
  }
  const inDraft = runsOf(heard)
  const shared = [...runsOf(spoken)].flatMap(([run, text]): Pair[] => {
    const draft = inDraft.get(run) ?? -1
    return text >= 0 && draft >= 0 ? [{ text, draft }] : []
  })
  return longestRising(shared)
}

/** The longest part of `pairs`, which ascend in the text, that ascends in the draft too. */
function longestRising(pairs: readonly Pair[]): Pair[] {
  const tails: number[] = []
  const before = pairs.map(() => -1)
  for (const [index, { draft }] of pairs.entries()) {
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((pairs[tails[middle] ?? 0]?.draft ?? 0) < draft) low = middle + 1
      else high = middle
    }
    before[index] = tails[low - 1] ?? -1
    tails[low] = index
  }
  const rising: Pair[] = []
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) {
    const pair = pairs[index]
    if (pair) rising.unshift(pair)
  }
  return rising
}

/** The best global alignment of what is between two places; only its equal words are returned. */
function alignBetween(spoken: readonly string[], heard: readonly string[], from: Pair, to: Pair): Pair[] {
  const rows = to.text - from.text
  const columns = to.draft - from.draft
  if (rows <= 0 || columns <= 0 || rows * columns > MOST_PAIRS) return []
  const width = columns + 1
  /** From the end: 0 pairs both words, 1 skips one of the text, 2 one of the draft. */
  const moves = new Uint8Array((rows + 1) * width)
  let below = new Float64Array(width)
  for (let column = columns - 1; column >= 0; column -= 1) {
    below[column] = (below[column + 1] ?? 0) + SCORES.gap
    moves[rows * width + column] = 2
  }
  for (let row = rows - 1; row >= 0; row -= 1) {
    const scores = new Float64Array(width)
    scores[columns] = (below[columns] ?? 0) + SCORES.gap
    moves[row * width + columns] = 1
    for (let column = columns - 1; column >= 0; column -= 1) {
      const paired =
        (below[column + 1] ?? 0) + compare(spoken[from.text + row] ?? '', heard[from.draft + column] ?? '')
      const skipText = (below[column] ?? 0) + SCORES.gap
      const skipDraft = (scores[column + 1] ?? 0) + SCORES.gap
      const best = Math.max(paired, skipText, skipDraft)
      scores[column] = best
      moves[row * width + column] = best === paired ? 0 : best === skipText ? 1 : 2
    }
    below = scores
  }
  const pairs: Pair[] = []
  let row = 0
  let column = 0
  while (row < rows && column < columns) {
    const move = moves[row * width + column]
    if (move === 0) {
      const pair = { text: from.text + row, draft: from.draft + column }
      if (spoken[pair.text] === heard[pair.draft]) pairs.push(pair)
      row += 1
      column += 1
    } else if (move === 1) row += 1
    else column += 1
  }
  return pairs
}

function compare(one: string, other: string): number {
  if (one === '' || other === '') return SCORES.gap * 2
  if (one === other) return SCORES.equal
  const shared = Math.min(one.length, other.length)
  return shared >= 3 && one.slice(0, 3) === other.slice(0, 3) ? SCORES.similar : SCORES.other
}

/** Leaves out short words that agree alone, without an equal word beside them in both. */
function dropStrays(pairs: readonly Pair[], spoken: readonly string[]): Pair[] {
  return pairs.filter(({ text, draft }, index) => {
    const isBeside = (other: Pair | undefined) =>
      other !== undefined && Math.abs(other.text - text) <= 2 && Math.abs(other.draft - draft) <= 2
    const length = spoken[text]?.length ?? 0
    return length >= LONG_WORD || isBeside(pairs[index - 1]) || isBeside(pairs[index + 1])
  })
}
