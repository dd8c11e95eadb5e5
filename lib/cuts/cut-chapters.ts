import type { Chapter } from '#lib/chapters/chapter.ts'
import { type RecordingCut, toPartMs, toRecordingMs } from '#lib/media/recording-cut.ts'

/** A chapter of which less than this is in the part does not begin it. */
const SHORTEST_REST_MS = 15_000

/** The chapters of a part, in its times. It begins with the chapter that is running there. */
export function cutChapters(whole: readonly Chapter[], cut: RecordingCut): Chapter[] {
  const inside = whole.filter(({ startMs }) => startMs >= cut.startMs && startMs < cut.endMs)
  const running = whole.findLast(({ startMs }) => startMs < cut.startMs)
  const restMs = (inside[0]?.startMs ?? cut.endMs) - cut.startMs
  return [
    ...(running && restMs >= SHORTEST_REST_MS ? [{ ...running, startMs: 0 }] : []),
    ...inside.map(({ title, startMs }) => ({ title, startMs: toPartMs(startMs, cut) })),
  ]
}

/** The chapters of the whole recording: those of the part as they are now, and those outside of it. */
export function joinChapters(
  whole: readonly Chapter[],
  part: readonly Chapter[],
  cut: RecordingCut,
): Chapter[] {
  const before = whole.filter(({ startMs }) => startMs < cut.startMs)
  const after = whole.filter(({ startMs }) => startMs >= cut.endMs)
  const inside = part.map(({ title, startMs }) => ({ title, startMs: toRecordingMs(startMs, cut) }))
  const running = before.at(-1)
  const isContinued =
    cutChapters(whole, cut)[0]?.startMs === 0 && !whole.some(({ startMs }) => startMs === cut.startMs)
  const opening = inside[0]
  if (!running || !isContinued || opening?.startMs !== cut.startMs) return [...before, ...inside, ...after]
  // It began before the part.
  return [...before.slice(0, -1), { ...running, title: opening.title }, ...inside.slice(1), ...after]
}
