import * as v from 'valibot'
import { formatClock } from '#components/ui/format-duration.ts'
import type { Chapter } from '#lib/chapters/chapter.ts'
import { readStartTime } from '#lib/listening/read-start-time.ts'

/** A chapter while it is edited: the time is text, and may not be one yet. */
export type ChapterRow = { id: string; time: string; title: string; startMs: number | null }

const draftSchema = v.object({
  revision: v.number(),
  rows: v.array(
    v.object({ id: v.string(), time: v.string(), title: v.string(), startMs: v.nullable(v.number()) }),
  ),
})
/** Rows that were changed, and the revision of the list that they were made from. */
export type ChapterDraft = v.InferOutput<typeof draftSchema>

/** Two chapters this close are the same one. */
const SAME_MS = 20_000

export const toRows = (chapters: readonly Chapter[]): ChapterRow[] =>
  chapters.map(({ title, startMs }) => ({ id: `at-${startMs}`, time: formatClock(startMs), title, startMs }))

/** The draft that this browser has kept; null where there is none that can be read. */
export function parseDraft(text: string): ChapterDraft | null {
  if (text === '') return null
  try {
    return v.parse(draftSchema, JSON.parse(text))
  } catch {
    return null
  }
}

/** A row with another time. A time that reads as before keeps its milliseconds. */
export function setTime(row: ChapterRow, time: string): ChapterRow {
  if (row.startMs !== null && time.trim() === formatClock(row.startMs)) return { ...row, time }
  return { ...row, time, startMs: readStartTime(time) }
}

/** What is wrong with a row, or null. */
export function findProblem(
  { time, title, startMs, id }: ChapterRow,
  rows: readonly ChapterRow[],
  durationMs: number,
): 'noTime' | 'tooLate' | 'sameTime' | 'noTitle' | null {
  if (time.trim() === '' || startMs === null) return 'noTime'
  if (startMs >= durationMs) return 'tooLate'
  if (rows.some((other) => other.id !== id && other.startMs === startMs)) return 'sameTime'
  return title.trim() === '' ? 'noTitle' : null
}

/** The rows as chapters, in order of time; rows without a time are left out. */
export function toChapters(rows: readonly ChapterRow[]): Chapter[] {
  return rows
    .flatMap(({ title, startMs }) => (startMs === null ? [] : [{ title: title.trim(), startMs }]))
    .toSorted((one, other) => one.startMs - other.startMs)
}

/** Detected chapters that no row is near to. */
export function listProposals(detected: readonly Chapter[], rows: readonly ChapterRow[]): Chapter[] {
  return detected.filter((found) =>
    rows.every(({ startMs }) => startMs === null || Math.abs(startMs - found.startMs) > SAME_MS),
  )
}

/**
 * Where a new chapter begins, in whole seconds: at `wantedMs`, or after the chapter that is there already, by a minute or
 * half of the time that is left to the next one. Where there is no time left to the end, at the place that is taken.
 */
export function findFreeStart(rows: readonly ChapterRow[], wantedMs: number, durationMs: number): number {
  const startMs = wholeSeconds(Math.max(0, Math.min(wantedMs, durationMs - 1)))
  const taken = rows.flatMap((row) => (row.startMs === null ? [] : [wholeSeconds(row.startMs)]))
  if (!taken.includes(startMs)) return startMs
  const nextMs = Math.min(durationMs, ...taken.filter((other) => other > startMs))
  if (nextMs - startMs >= 2000) return startMs + wholeSeconds(Math.min(60_000, (nextMs - startMs) / 2))
  return nextMs < durationMs ? findFreeStart(rows, nextMs, durationMs) : startMs
}

const wholeSeconds = (ms: number) => Math.floor(ms / 1000) * 1000
