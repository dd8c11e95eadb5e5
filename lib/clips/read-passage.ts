import { createHash } from 'node:crypto'
import { type ClipSpan, clipSpan } from '#lib/clips/clip-span.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { chooseExcerpt, type Excerpt, type TimeSpan } from '#lib/sermons/choose-excerpt.ts'
import { readTranscriptRow } from '#lib/sermons/read-transcript.ts'

/** A passage of the current transcript of a sermon, as a clip shows it. */
export type Passage = {
  excerpt: Excerpt
  span: ClipSpan
  /**
   * Another one when a word, its time within the passage, or what is said about the quality of the words changes. The same
   * in the whole recording and in a part of it.
   */
  wordsHash: string
  transcriptRevision: number
  isDraft: boolean
  /** Whether each word has a time of its own. */
  hasWordTimes: boolean
}

/** The passage whose sentences begin within a span, or null where none does. */
export async function readPassage(
  { db }: { db: Database },
  { sermonId, span }: { sermonId: string; span: TimeSpan },
): Promise<Passage | null> {
  const transcript = await readTranscriptRow({ db }, { sermonId })
  const excerpt = transcript && chooseExcerpt(transcript, span)
  if (!excerpt) return null
  const { isDraft, isApproximate, revision } = transcript
  const words = excerpt.words.map(([text, startMs, endMs]) => [
    text,
    startMs - excerpt.startMs,
    endMs - excerpt.startMs,
  ])
  return {
    excerpt,
    span: clipSpan(transcript, excerpt),
    wordsHash: createHash('sha256')
      .update(JSON.stringify([words, isDraft, isApproximate]))
      .digest('hex')
      .slice(0, 20),
    transcriptRevision: revision,
    isDraft,
    hasWordTimes: !isApproximate,
  }
}
