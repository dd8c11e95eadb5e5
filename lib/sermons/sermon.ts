import type { FacetError, FacetStatus, Publication } from '#lib/db/schema.ts'
import type { Facet } from '#lib/facets/facet.ts'
import type { RecordingCut } from '#lib/media/recording-cut.ts'

/** One facet of a sermon as pages and the API show it. `progress` is 0 to 100. */
export type FacetView = { status: FacetStatus; progress: number; error: FacetError | null }

/** What was decided about the current recording. Messages are for people, codes for programs. */
export type RecordingView = {
  /** Which audio track is used, from 1, and how many there are. */
  track: { number: number; of: number }
  /** What was wrong with its channels and is corrected. */
  repaired: { code: string; message: string }[]
  /** What seems to be missing; `confirmed` when a user decided to use it anyway. */
  warnings: { code: string; message: string; announcedMs: number; foundMs: number; confirmed: boolean }[]
  /** The part of the uploaded recording that is published, in its times; null for all of it. */
  cut: RecordingCut | null
}

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
  /** In the order that its pastor gave them. */
  topics: { id: string; slug: string; name: string }[]
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
  /** Null before the recording was inspected. */
  recording: RecordingView | null
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
  source: 'deepgram' | 'speech-model' | 'recogniser' | 'upload'
  isDraft: boolean
  isApproximate: boolean
  words: [text: string, startMs: number, endMs: number][]
  sentences: [firstWord: number, lastWord: number][]
  /** Positions of the words that begin a paragraph, where the source names them or a person set them. */
  paragraphStarts: number[] | null
  /** Who speaks from a word on, where that is known. */
  speakerTurns: [firstWord: number, name: string][] | null
}
