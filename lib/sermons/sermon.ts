import type { FacetError, FacetStatus, Publication } from '#lib/db/schema.ts'
import type { Facet } from '#lib/facets/facet.ts'

/** One facet of a sermon as pages and the API show it. `progress` is 0 to 100. */
export type FacetView = { status: FacetStatus; progress: number; error: FacetError | null }

/** The fields of a sermon for a card, a list row or the API. */
export type SermonView = {
  id: string
  slug: string
  churchId: string
  title: string
  description: string
  scripture: string
  speaker: { id: string; slug: string; name: string } | null
  series: { id: string; slug: string; title: string } | null
  /** ISO date such as `2026-11-22`. */
  preachedOn: string | null
  language: string
  publication: Publication
  publishAt: string | null
  publishedAt: string | null
  /** When it was moved to the trash; null for every sermon outside of it. */
  trashedAt: string | null
  durationMs: number | null
  /** Increases with every new recording; 0 before the first has arrived. */
  mediaRevision: number
  /** A manuscript without a recording. */
  isTextOnly: boolean
  isSample: boolean
  facets: Record<Facet, FacetView>
  createdAt: string
  updatedAt: string
}

/** The transcript as the sermon page shows it. Word times are absolute, in milliseconds. */
export type SermonTranscriptView = {
  id: string
  source: 'deepgram' | 'recogniser' | 'upload'
  isDraft: boolean
  isApproximate: boolean
  words: [text: string, startMs: number, endMs: number][]
  sentences: [firstWord: number, lastWord: number][]
  /** Positions of the words that begin a paragraph, where a person set them. */
  paragraphStarts: number[] | null
}
