import type { Chapter } from '#lib/chapters/chapter.ts'
import { scoreBoundaries, type Unit } from '#lib/chapters/score-boundaries.ts'
import type { StoredWord, WordRange } from '#lib/db/schema.ts'
import { formatRange } from '#lib/scripture/format-references.ts'
import { rangeShape, type VerseRange } from '#lib/scripture/verse-range.ts'
import type { WordMeanings } from '#lib/search/word-meanings.ts'

/** A Bible reference that the transcript names at a word. */
export type SpokenReference = VerseRange & { kind: 'expounded' | 'read' | 'mentioned'; firstWord: number }

/** The least score of a boundary; lower where a language has no word meanings. Chosen with `npm run eval`. */
const MIN_SCORE = 0.36
const MIN_SCORE_OF_WORDS_ALONE = 0.3
/** A chapter lasts at least this long. */
const MIN_CHAPTER_MS = 150_000
const MAX_TITLE_LENGTH = 60

/**
 * Finds where the preacher begins something new: another subject, mostly after a pause or with a passage of the Bible.
 * A chapter is named by the passage that is opened in it, otherwise by the words that it begins with. Empty where
 * nothing stands out. `units` are the passages of the transcript in order; `table` is null in a language without
 * word meanings.
 */
export function detectChapters({
  words,
  sentences,
  units,
  references,
  durationMs,
  table,
}: {
  words: readonly StoredWord[]
  sentences: readonly WordRange[]
  units: readonly Unit[]
  references: readonly SpokenReference[]
  durationMs: number
  table: WordMeanings | null
}): Chapter[] {
  const readings = listReadings(references)
  const scores = scoreBoundaries(units, { readings: readings.map(({ firstWord }) => firstWord), table })
  const boundaries = chooseBoundaries(units, scores, { durationMs, table })
  if (boundaries.length === 0) return []
  const starts = [0, ...boundaries]
  const named = new Set<string>()
  return starts.flatMap((place, index) => {
    const unit = units[place]
    if (!unit) return []
    const next = units[starts[index + 1] ?? units.length]
    const end = next?.firstWord ?? words.length
    const reading = readings.find(
      (found) => found.firstWord >= unit.firstWord && found.firstWord < end && !named.has(formatRange(found)),
    )
    if (reading) named.add(formatRange(reading))
    const title = reading ? formatRange(reading) : readOpening(words, sentences, unit.firstWord)
    return [{ title, startMs: index === 0 ? 0 : unit.startMs }]
  })
}

/** References at which a passage of the Bible is opened: read or expounded, in another chapter than the one before. */
function listReadings(references: readonly SpokenReference[]): SpokenReference[] {
  let open = ''
  return references
    .filter(({ kind }) => kind !== 'mentioned')
    .toSorted((one, other) => one.firstWord - other.firstWord)
    .filter((reference) => {
      const { first } = rangeShape(reference)
      const chapter = `${first.book.number}/${first.chapter}`
      const isNew = chapter !== open
      open = chapter
      return isNew
    })
}

/** The highest scores first, each far enough from those already chosen and from both ends. */
function chooseBoundaries(
  units: readonly Unit[],
  scores: readonly number[],
  { durationMs, table }: { durationMs: number; table: WordMeanings | null },
): number[] {
  const least = table ? MIN_SCORE : MIN_SCORE_OF_WORDS_ALONE
  const chosen: { place: number; startMs: number }[] = []
  const ranked = units
    .map(({ startMs }, place) => ({ place, startMs, score: scores[place] ?? 0 }))
    .filter(({ place, score }) => place > 0 && score >= least)
    .toSorted((one, other) => other.score - one.score)
  for (const candidate of ranked) {
    const times = [0, durationMs, ...chosen.map(({ startMs }) => startMs)]
    if (times.every((ms) => Math.abs(ms - candidate.startMs) >= MIN_CHAPTER_MS)) chosen.push(candidate)
  }
  return chosen.map(({ place }) => place).toSorted((one, other) => one - other)
}

/** The beginning of the sentence at a word, cut between words where it is long. */
function readOpening(
  words: readonly StoredWord[],
  sentences: readonly WordRange[],
  firstWord: number,
): string {
  const lastWord =
    sentences.find(([first, last]) => first <= firstWord && firstWord <= last)?.[1] ?? firstWord
  let title = ''
  for (const [text] of words.slice(firstWord, lastWord + 1)) {
    const longer = title === '' ? text : `${title} ${text}`
    if (longer.length > MAX_TITLE_LENGTH && title !== '') return `${title.replace(/[\s.,;:–—-]+$/u, '')} …`
    title = longer
  }
  return title.slice(0, 2 * MAX_TITLE_LENGTH).replace(/[\s.,;:–—-]+$/u, '')
}
