import { containsRange, overlapsRange, type VerseRange } from '#lib/scripture/verse-range.ts'
import { measureNames, measureSermons, standardScores, subjectShare } from './measure-sermons.ts'
import { type IndexedSermon, NO_SERMON, type PassageIndex, type SermonEntry } from './passage-index.ts'
import { type RankedWindow, type RankingWeights, rankingWeights, rankWindows } from './rank-windows.ts'
import type { SearchQuery } from './read-query.ts'

export type RankedSermon = {
  sermon: SermonEntry
  score: number
  /** Best first; empty where only the headings fit. */
  windows: RankedWindow[]
  /** Share of the query's weight in title, speaker, series, description and scripture. */
  heading: number
  /** How well its scripture fits the references of the query, 0 to 1. */
  scripture: number
}

const WINDOWS_PER_SERMON = 8
/** Each further window of a sermon counts this much of the one before. */
const DECAY = 0.8
const decays = Array.from({ length: WINDOWS_PER_SERMON }, (_, place) => DECAY ** place)
/** The additional weight of the best window, because a remembered phrase is in one place. */
const BEST_WINDOW = 1
/** Details that contain the whole query name the sermon, which counts more than its transcript. */
const WHOLE_HEADING = 0.95
const HEADING_BONUS = 3

/** What speaks for an answer among everything that was ranked. */
export type Evidence = {
  /** The greatest share of the query's weight in any window, 0 to 1. */
  coverage: number
  /** The greatest nearness of meaning of any window, -1 to 1. */
  cosine: number
  /** How far the first sermon is ahead of the second, in standard deviations of all; at most `MAX_LEAD`. */
  lead: number
  /** The greatest share in a window of the first sermon, and the share in its title. */
  firstCoverage: number
  firstTitle: number
  /** Among how many windows the best were found: among more of them, more agree by chance. */
  windows: number
}

/** Also the lead where there is no second sermon. */
export const MAX_LEAD = 4
export const noEvidence: Evidence = {
  coverage: 0,
  cosine: 0,
  lead: 0,
  firstCoverage: 0,
  firstTitle: 0,
  windows: 0,
}

/**
 * All sermons that fit a query, best first. A sermon counts by its best windows (BM25 and nearness of
 * meaning as standard scores, the order of words), by its headings and scripture, and for a short query by
 * everything said in it. The same index and query give the same order. `model` holds cosines by a model's
 * vectors, by passage number.
 */
export function rankSermons(
  index: PassageIndex,
  query: SearchQuery,
  options: {
    isVisible: (sermon: IndexedSermon) => boolean
    weights?: RankingWeights | undefined
    model?: ReadonlyMap<number, number> | undefined
    /** How well the transcripts of sermons fit the references of the query, by sermon id. */
    moments?: ReadonlyMap<string, { fit: number }> | undefined
  },
): { sermons: RankedSermon[]; evidence: Evidence } {
  const weights = options.weights ?? rankingWeights
  const windows = index.size === 0 ? [] : rankWindows(index, query, { ...options, weights })
  const bySermon = groupBySermon(index, windows)
  const visible = [...index.sermons.values()].filter(options.isVisible)
  const passages = visible.map(({ number }) => passageScore(bySermon[number] ?? []))
  const whole = query.terms.reduce((sum, { idf, headingWeight }) => sum + idf * headingWeight, 0) || 1
  const headings = measureNames(index, query.terms, 'headings')
  const titles = measureNames(index, query.terms, 'titles').map((share) => share / whole)
  const subject = subjectScores(index, query, {
    titles,
    visible,
    weights,
    order: Math.max(0, ...windows.map(({ order }) => order)),
    unit: standardScores(passages).deviation,
  })
  const scored = visible.map((sermon, place): RankedSermon => {
    const heading = (headings[sermon.number] ?? 0) / whole
    const scripture = Math.max(
      scriptureFit(sermon.scripture, query.references),
      options.moments?.get(sermon.id)?.fit ?? 0,
    )
    const score =
      (passages[place] ?? 0) +
      subject(sermon) +
      weights.heading * (heading * heading + (heading >= WHOLE_HEADING ? HEADING_BONUS : 0)) +
      weights.scripture * scripture
    return { sermon, score, windows: bySermon[sermon.number] ?? [], heading, scripture }
  })
  const { deviation } = standardScores(scored.map(({ score }) => score))
  const sermons = scored
    .filter(
      (entry) =>
        entry.scripture > 0 || (!query.isReference && (entry.windows.length > 0 || entry.heading > 0)),
    )
    .sort((a, b) => b.score - a.score || (a.sermon.id < b.sermon.id ? -1 : 1))
  return { sermons, evidence: evidenceOf({ sermons, windows, deviation, titles, visible }) }
}

/** The windows of each sermon by its number, best first. */
function groupBySermon(
  index: PassageIndex,
  windows: readonly RankedWindow[],
): (RankedWindow[] | undefined)[] {
  const groups = new Array<RankedWindow[] | undefined>(index.nextSermonNumber)
  for (const window of windows) {
    const sermon = index.sermonNumbers[window.number] ?? NO_SERMON
    const own = groups[sermon]
    if (!own) groups[sermon] = [window]
    else own.push(window)
  }
  for (const own of groups) {
    if (own && own.length > 1) own.sort((a, b) => b.score - a.score || a.number - b.number)
  }
  return groups
}

function passageScore(windows: readonly RankedWindow[]): number {
  let sum = 0
  for (let place = 0; place < windows.length && place < WINDOWS_PER_SERMON; place += 1) {
    sum += Math.max(0, windows[place]?.score ?? 0) * (decays[place] ?? 0)
  }
  return sum + BEST_WINDOW * Math.max(0, windows[0]?.score ?? 0)
}

/**
 * What everything said in a sermon and its title add to its score, `unit` being a standard deviation of the scores.
 */
function subjectScores(
  index: PassageIndex,
  query: SearchQuery,
  options: {
    visible: readonly SermonEntry[]
    weights: RankingWeights
    order: number
    unit: number
    /** The share of the query's weight in the titles, by sermon number. */
    titles: Float64Array
  },
): (sermon: SermonEntry) => number {
  const { visible, weights, order, unit, titles } = options
  const share = subjectShare(query, order) * unit
  const { subjectWords, subjectMeaning, subjectTitle } = weights
  if (share < 1e-3 || subjectWords + subjectMeaning + subjectTitle === 0) return () => 0
  const { words, nearness } = measureSermons(index, query, visible)
  const wordScores = standardScores(visible.map(({ number }) => words[number] ?? 0))
  const meaningScores = standardScores(visible.map(({ number }) => nearness[number] ?? 0))
  return (sermon) =>
    share *
    (subjectWords * wordScores.of(words[sermon.number] ?? 0) +
      subjectMeaning * meaningScores.of(nearness[sermon.number] ?? 0) +
      subjectTitle * (titles[sermon.number] ?? 0))
}

function evidenceOf(ranked: {
  sermons: readonly RankedSermon[]
  windows: readonly RankedWindow[]
  deviation: number
  titles: Float64Array
  visible: readonly SermonEntry[]
}): Evidence {
  const [first, second] = ranked.sermons
  if (!first) return noEvidence
  const most = (windows: readonly RankedWindow[], value: (window: RankedWindow) => number) =>
    windows.reduce((greatest, window) => Math.max(greatest, value(window)), 0)
  const ahead = ranked.deviation < 1e-9 ? MAX_LEAD : (first.score - (second?.score ?? 0)) / ranked.deviation
  return {
    coverage: most(ranked.windows, ({ coverage }) => coverage),
    cosine: most(ranked.windows, ({ cosine }) => cosine),
    lead: second ? Math.min(MAX_LEAD, ahead) : MAX_LEAD,
    firstCoverage: most(first.windows, ({ coverage }) => coverage),
    firstTitle: ranked.titles[first.sermon.number] ?? 0,
    windows: ranked.visible.reduce((sum, sermon) => sum + sermon.windows, 0),
  }
}

/** 1 if a range is equal, less if it only shares verses. */
function scriptureFit(own: readonly VerseRange[], wanted: readonly VerseRange[]): number {
  let best = 0
  for (const one of wanted) {
    for (const other of own) {
      if (!overlapsRange(one, other)) continue
      const isSame = one.start === other.start && one.end === other.end
      const fit = isSame ? 1 : containsRange(one, other) ? 0.9 : containsRange(other, one) ? 0.85 : 0.75
      best = Math.max(best, fit)
    }
  }
  return best
}
