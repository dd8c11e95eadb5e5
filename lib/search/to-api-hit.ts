import type { PassageHit } from './search-passages.ts'

/** The hit as the HTTP API shows it. */
export function toApiHit({
  sermonId,
  slug,
  title,
  speaker,
  startMs,
  endMs,
  text,
  score,
  isDraft,
}: PassageHit) {
  return {
    sermonId,
    slug,
    title,
    speaker,
    startMs,
    endMs,
    text,
    score: Math.round(score * 1000) / 1000,
    draft: isDraft,
  }
}
