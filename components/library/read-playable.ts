import * as v from 'valibot'
import { callApi } from '#components/api/call-api.ts'
import type { Track } from '#components/player/track.ts'
import { toTrack } from '#components/sermon/to-track.ts'

const playableSchema = v.object({
  id: v.string(),
  slug: v.string(),
  title: v.string(),
  speaker: v.nullable(v.string()),
  series: v.nullable(v.string()),
  scripture: v.string(),
  language: v.string(),
  durationMs: v.number(),
  recording: v.number(),
})
const nextSchema = v.object({ next: v.nullable(playableSchema) })
const listSchema = v.object({ sermons: v.array(playableSchema) })

const playableTrack = ({ recording, ...sermon }: v.InferOutput<typeof playableSchema>): Track =>
  toTrack({ ...sermon, mediaRevision: recording })

/** The sermon that follows in a series; null after the last one, without a series and without an answer. */
export async function readNextInSeries(sermonId: string): Promise<Track | null> {
  const answer = await callApi('GET', `/api/v1/sermons/${sermonId}/next-in-series`).catch(() => null)
  const read = v.safeParse(nextSchema, answer)
  return read.success && read.output.next ? playableTrack(read.output.next) : null
}

/** What can be played of the sermons that a query asks for, the first preached first; null without an answer. */
export async function readPlayable(query: string): Promise<Track[] | null> {
  const answer = await callApi('GET', `/api/v1/sermons/playable?${query}`).catch(() => null)
  const read = v.safeParse(listSchema, answer)
  return read.success ? read.output.sermons.map(playableTrack) : null
}
