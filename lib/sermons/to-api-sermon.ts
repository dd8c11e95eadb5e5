import { z } from 'zod'
import { facetStatuses, publications } from '#lib/db/schema.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'

const facetStatusSchema = z.enum(facetStatuses)

/** A sermon as the HTTP API shows it. Outside programs rely on this shape: only ever add to it. */
export const apiSermonSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  title: z.string(),
  description: z.string(),
  speaker: z.string().nullable(),
  series: z.string().nullable(),
  topics: z.array(z.string()).describe('What it is about, in the words of the church.'),
  scripture: z.string().nullable(),
  language: z.string().describe('A tag of BCP 47, such as en or zh-Hant.'),
  preachedOn: z.string().nullable().describe('The day, such as 2026-11-22.'),
  publication: z.enum(publications),
  publishAt: z.string().nullable().describe('When a scheduled sermon is published (ISO 8601, UTC).'),
  publishedAt: z.string().nullable().describe('When it was published (ISO 8601, UTC).'),
  trashedAt: z.string().nullable().describe('When it was moved to the trash; null outside of it.'),
  durationMs: z.int().nullable(),
  recording: z
    .object({
      track: z.object({ number: z.int(), of: z.int() }).describe('The audio track that is used, from 1.'),
      repaired: z
        .array(z.object({ code: z.string(), message: z.string() }))
        .describe('What was wrong with its channels and is corrected: left-only, right-only or inverted.'),
      warnings: z
        .array(
          z.object({
            code: z.string(),
            message: z.string(),
            announcedMs: z.number(),
            foundMs: z.number(),
            confirmed: z.boolean(),
          }),
        )
        .describe('What seems to be missing: end-missing or parts-unreadable.'),
      cut: z
        .object({ startMs: z.int(), endMs: z.int() })
        .nullable()
        .describe('The part that is published, in times of the uploaded recording; null for all of it.'),
    })
    .nullable()
    .describe('What was decided about the recording; null before it was inspected.'),
  textOnly: z.boolean().describe('A manuscript without a recording.'),
  isSample: z.boolean(),
  facets: z.object({ media: facetStatusSchema, transcript: facetStatusSchema, index: facetStatusSchema }),
  error: z.object({ facet: z.string(), code: z.string(), message: z.string() }).optional(),
  links: z.object({
    page: z.string(),
    hls: z.string().nullable(),
    podcast: z.string().nullable(),
    transcriptVtt: z.string().nullable(),
  }),
  createdAt: z.string(),
  updatedAt: z.string(),
})

export type ApiSermon = z.infer<typeof apiSermonSchema>

/** Shapes a sermon for the API; links are absolute from `siteUrl`. */
export function toApiSermon(sermon: SermonView, siteUrl: string): ApiSermon {
  const base = siteUrl.replace(/\/$/, '')
  const api = `${base}/api/v1/sermons/${sermon.id}`
  const { media, transcript, index } = sermon.facets
  // A postponed facet resumes automatically: it has a message for users, but no error for programs.
  const failed = Object.entries(sermon.facets).find(([, facet]) => facet.error && facet.status !== 'pending')
  return {
    id: sermon.id,
    slug: sermon.slug,
    title: sermon.title,
    description: sermon.description,
    speaker: sermon.speaker?.name ?? null,
    series: sermon.series?.title ?? null,
    topics: sermon.topics.map(({ name }) => name),
    scripture: sermon.scripture || null,
    language: sermon.language,
    preachedOn: sermon.preachedOn,
    publication: sermon.publication,
    publishAt: sermon.publishAt,
    publishedAt: sermon.publishedAt,
    trashedAt: sermon.trashedAt,
    durationMs: sermon.durationMs,
    recording: sermon.recording,
    textOnly: sermon.isTextOnly,
    isSample: sermon.isSample,
    facets: { media: media.status, transcript: transcript.status, index: index.status },
    ...(failed?.[1].error
      ? { error: { facet: failed[0], code: failed[1].error.reason, message: failed[1].error.message } }
      : {}),
    links: {
      page: `${base}/sermons/${sermon.slug}`,
      hls: media.status === 'ready' ? `${api}/hls/master.m3u8` : null,
      podcast: media.status === 'ready' ? `${api}/audio` : null,
      transcriptVtt: transcript.status === 'ready' && !sermon.isTextOnly ? `${api}/transcript.vtt` : null,
    },
    createdAt: sermon.createdAt,
    updatedAt: sermon.updatedAt,
  }
}
