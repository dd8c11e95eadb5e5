import type { Answer, Quote } from './answer.ts'

/** The quote as the HTTP API shows it. */
export function toApiQuote({
  sermonId,
  slug,
  title,
  speaker,
  mediaRevision,
  startMs,
  endMs,
  text,
  isDraft,
}: Quote) {
  return { sermonId, slug, title, speaker, recording: mediaRevision, startMs, endMs, text, draft: isDraft }
}

/** The answer as the HTTP API shows it. */
export function toApiAnswer(answer: Answer) {
  return {
    care: answer.care,
    refused: answer.refused,
    answer: answer.answer,
    quotes: answer.quotes.map(toApiQuote),
    nearest: answer.nearest.map(toApiQuote),
    note: answer.note,
  }
}
