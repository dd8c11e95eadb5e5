import * as v from 'valibot'
import { callApi } from '#components/api/call-api.ts'
import type { FollowedSeries } from '#components/library/own-library.ts'

const pageSchema = v.object({
  sermons: v.array(v.object({ slug: v.string(), title: v.string(), publishedAt: v.nullable(v.string()) })),
})

export type NewSermon = { slug: string; title: string }

/** The sermons of a series that were published since the listener looked last, the newest first. Throws `ApiFailure`. */
export async function readNewSermons({ slug, seenAtMs }: FollowedSeries): Promise<NewSermon[]> {
  const path = `/api/v1/sermons?${new URLSearchParams({ series: slug, limit: '20' })}`
  const { sermons } = v.parse(pageSchema, await callApi('GET', path))
  return sermons.filter(({ publishedAt }) => publishedAt !== null && Date.parse(publishedAt) > seenAtMs)
}
