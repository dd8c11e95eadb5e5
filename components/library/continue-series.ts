import * as v from 'valibot'
import { callApi } from '#components/api/call-api.ts'
import type { Track } from '#components/player/track.ts'
import { readTrackName } from '#components/player/track-name.ts'
import { toTrack } from '#components/sermon/to-track.ts'

const answerSchema = v.object({
  next: v.nullable(
    v.object({
      id: v.string(),
      slug: v.string(),
      title: v.string(),
      speaker: v.nullable(v.string()),
      series: v.nullable(v.string()),
      scripture: v.string(),
      language: v.string(),
      durationMs: v.number(),
      recording: v.number(),
    }),
  ),
})

/** The next sermon of the series; null after the last one, without a series and without an answer. */
export async function findNextInSeries({ id }: Track): Promise<Track | null> {
  const path = `/api/v1/sermons/${readTrackName(id).sermonId}/next-in-series`
  const read = v.safeParse(answerSchema, await callApi('GET', path).catch(() => null))
  if (!read.success || !read.output.next) return null
  const { recording, ...sermon } = read.output.next
  return toTrack({ ...sermon, mediaRevision: recording })
}
