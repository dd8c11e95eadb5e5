import { findReferences } from '#lib/scripture/find-references.ts'
import { plainLine } from './read-clock.ts'
import { transcriptProblem } from './transcript-problem.ts'

const longTime = /^[\s"'“”[({<]*\d{1,2}:\d{2}:\d{2}(?:[.,;:]\d{1,3})?[\s"'“”\])}>:,.]*$/
const bracketedTime = /^[[({<]\d{1,3}:\d{2}(?:[.,]\d{1,3})?[\])}>]:?$/
/** Times of other formats: frames and tenths in brackets, "00h00m01s", "1.0s", digits of another script. */
const otherTimes = [
  /^[[{]\d+[\]}][[{]\d*[\]}]/,
  /^(?:[[<]\d{1,3}:\d{2}[.:]\d{2,3}[\]>]){2}/,
  /^\d{1,2}:\d{2}:\d{2}[:=,]\S/,
  /^\d{1,2}h\d{1,2}m\d{1,2}(?:[.,]\d+)?s/i,
  /^\p{Nd}{1,2}:\p{Nd}{2}:\p{Nd}{2}(?:[.,٫]\p{Nd}+)?$/u,
  /^\d+[.,]\d+s$/,
]
const FEW_TIMES = 2

/**
 * Throws AppError transcript.times_unread for a text with times among its words, because their format was not
 * recognised: words that look like clock times, and numbers that increase from line to line. `isTimed` says that other
 * times of the text were read.
 */
export function refuseLeftTimes(lines: readonly string[], { isTimed }: { isTimed: boolean }): void {
  const plain = lines.map((line) => plainLine(line).trim()).filter((line) => line !== '')
  const words = plain.flatMap((line) => line.split(/\s+/))
  const forms = isTimed ? [longTime, bracketedTime] : [longTime, bracketedTime, ...otherTimes]
  const times = words.filter((word) => forms.some((form) => form.test(word))).length
  if (times > FEW_TIMES && times > words.length / 200) throw transcriptProblem('transcript.times_unread')
  // Captions say numbers too, and their own times were read.
  if (!isTimed && places.some((place) => increase(plain, place)))
    throw transcriptProblem('transcript.times_unread')
}

const MIN_LINES = 3
const MIN_SHARE = 0.3
const MIN_RISING_SHARE = 0.9
const MAX_COUNTING_SHARE = 0.7
const LONGEST_HEADING = 60
const LONGEST_LINE = 400

/** Numbers in a line with only signs or a unit between them, such as "0:01", "1m 5s" and "0 minutes 1 second". */
type Run = { before: string; values: number[]; after: string }

/** Where the times of transcripts are: before the words, after them, or in a heading of their own. */
const places: ((line: string, runs: readonly Run[]) => Run | undefined)[] = [
  (_, [first]) => (first && /^[^\p{L}]*\p{Lu}{0,2}$/u.test(first.before) ? first : undefined),
  (_, runs) => runs.findLast(({ after }) => /^[^\p{L}]*\p{L}{0,9}[^\p{L}]*$/u.test(after)),
  (line, runs) => (line.length <= LONGEST_HEADING ? runs.at(-1) : undefined),
  (_, [first]) =>
    first && first.values.length > 1 && /^\p{L}{1,4} $/u.test(first.before) ? first : undefined,
]
/** The number of a speaker, which is no time: "SPEAKER_00", "Speaker 1". */
const speakerNumber = /^(?:speaker|spk|person|voice)[ _-]?\d{1,3}\b/i
const gap = /^[^\p{L}]{0,3}\p{L}{0,9}[^\p{L}]{0,3}(?:\p{L}{1,4}[^\p{L}]{1,2})?$/u

function readRuns(line: string): Run[] {
  const text = line.slice(0, LONGEST_LINE).replace(speakerNumber, '')
  const runs: (Run & { end: number })[] = []
  for (const { 0: digits, index } of text.matchAll(/\d{1,12}/g)) {
    const last = runs.at(-1)
    const end = index + digits.length
    if (last && gap.test(text.slice(last.end, index))) {
      Object.assign(last, { values: [...last.values, Number(digits)], end, after: text.slice(end) })
    } else {
      runs.push({ before: text.slice(0, index), values: [Number(digits)], end, after: text.slice(end) })
    }
  }
  return runs
}

/** Whether many lines have numbers at one place that increase like times, and not as verses, years or points of a list do. */
function increase(lines: readonly string[], place: (typeof places)[number]): boolean {
  const found = lines.flatMap((line) => {
    if (!/\d/.test(line)) return []
    const run = place(line, readRuns(line))
    return run ? [{ line, values: run.values }] : []
  })
  if (
    !areTimes(
      found.map(({ values }) => values),
      lines.length,
    )
  )
    return false
  const others = found.filter(({ line }) => findReferences(line.slice(0, LONGEST_LINE)).length === 0)
  return areTimes(
    others.map(({ values }) => values),
    lines.length,
  )
}

function areTimes(values: readonly number[][], lines: number): boolean {
  if (values.length < MIN_LINES || values.length < lines * MIN_SHARE) return false
  if (values.every(([year = 0, ...more]) => more.length === 0 && year > 1000 && year < 2200)) return false
  const steps = values.slice(1).map((to, index) => ({ from: values[index] ?? [], to }))
  const rising = steps.filter(({ from, to }) => compare(from, to) < 0)
  const counting = steps.filter(({ from, to }) => isNextPoint(from, to))
  return (
    rising.length >= steps.length * MIN_RISING_SHARE && counting.length < steps.length * MAX_COUNTING_SHARE
  )
}

function compare(one: readonly number[], other: readonly number[]): number {
  // A longer one has a unit more: 59:58, then 1:00:02.
  if (one.length !== other.length) return one.length - other.length
  const index = one.findIndex((value, place) => value !== other[place])
  return index === -1 ? 0 : (one[index] ?? 0) - (other[index] ?? 0)
}

/** Whether `to` follows `from` in a numbered list or in the verses of a chapter: 1, 2 or 1.2, 1.3 or 1.9, 2. */
function isNextPoint(from: readonly number[], to: readonly number[]): boolean {
  const place = to.findIndex((value, index) => value !== from[index])
  if (place === -1) return false
  const isOneMore = (to[place] ?? 0) - (from[place] ?? 0) === 1
  return isOneMore && to.slice(place + 1).every((value) => value <= 1)
}
