import type { FacetStatus, Publication } from '#lib/db/schema.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'

/** A sermon as the HTTP API shows it. Outside programs rely on this shape: only ever add to it. */
export type ApiSermon = {
  id: string
  slug: string
  title: string
  description: string
  speaker: string | null
  series: string | null
  scripture: string | null
  preachedOn: string | null
  publication: Publication
  publishAt: string | null
  durationMs: number | null
  /** A manuscript without a recording. */
  textOnly: boolean
  isSample: boolean
  facets: { media: FacetStatus; transcript: FacetStatus; index: FacetStatus }
  error?: { facet: string; code: string; message: string }
  links: { page: string; hls: string | null; podcast: string | null; transcriptVtt: string | null }
  createdAt: string
  updatedAt: string
}

/** Shapes a sermon for the API; links are absolute from `siteUrl`. */
export function toApiSermon(sermon: SermonView, siteUrl: string): ApiSermon {
  const base = siteUrl.replace(/\/$/, '')
  const api = `${base}/api/v1/sermons/${sermon.id}`
  const { media, transcript, index } = sermon.facets
  // A postponed facet resumes automatically: it has a message for users, but no error for programs.
  const failed = (Object.entries(sermon.facets) as [string, SermonView['facets']['media']][]).find(
    ([, facet]) => facet.error && facet.status !== 'pending',
  )
  return {
    id: sermon.id,
    slug: sermon.slug,
    title: sermon.title,
    description: sermon.description,
    speaker: sermon.speaker?.name ?? null,
    series: sermon.series?.title ?? null,
    scripture: sermon.scripture || null,
    preachedOn: sermon.preachedOn,
    publication: sermon.publication,
    publishAt: sermon.publishAt,
    durationMs: sermon.durationMs,
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
      transcriptVtt: transcript.status === 'ready' ? `${api}/transcript.vtt` : null,
    },
    createdAt: sermon.createdAt,
    updatedAt: sermon.updatedAt,
  }
}
