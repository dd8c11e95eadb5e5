import { z } from 'zod'

/** The chapters of a recording, in order of time. */
export const chaptersSchema = z.array(z.object({ title: z.string(), startMs: z.int().nonnegative() }))

export type Chapter = z.infer<typeof chaptersSchema>[number]

/** Chapters as they are kept: in order, inside the recording, with a title, and one at each time. */
export function tidyChapters(found: readonly Chapter[], durationMs: number): Chapter[] {
  const times = new Set<number>()
  return found
    .map(({ title, startMs }) => ({ title: title.trim(), startMs: Math.round(startMs) }))
    .toSorted((one, other) => one.startMs - other.startMs)
    .filter(({ title, startMs }) => {
      if (!title || startMs >= durationMs || times.has(startMs)) return false
      times.add(startMs)
      return true
    })
}
