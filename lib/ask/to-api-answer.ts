import type { Answer, Quote } from './answer.ts'

/** The quote as the HTTP API shows it. */
export function toApiQuote({ sermonId, slug, title, speaker, startMs, endMs, text }: Quote) {
  return { sermonId, slug, title, speaker, startMs, endMs, text }
}

/** The answer as the HTTP API shows it. */
export function toApiAnswer(answer: Answer) {
  return {
    refused: answer.refused,
    answer: answer.answer,
    quotes: answer.quotes.map(toApiQuote),
    nearest: answer.nearest.map(toApiQuote),
    note: answer.note,
  }
}
