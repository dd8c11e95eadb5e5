import type { Quote } from './answer.ts'
import type { Pick } from './answerer.ts'
import type { Candidate } from './read-candidates.ts'

/** Renders the picked sentences as quotes, without picks that do not exist, overlap or repeat a text. */
export function renderPicks(
  candidates: readonly Candidate[],
  picks: readonly Pick[],
  limit: number,
): Quote[] {
  const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]))
  const quotes: Quote[] = []
  for (const pick of picks) {
    if (quotes.length === limit) break
    const candidate = byId.get(pick.candidate)
    const sentences = candidate?.sentences.slice(pick.firstSentence, pick.lastSentence + 1) ?? []
    const [first, last] = [sentences[0], sentences.at(-1)]
    if (!candidate || !first || !last) continue
    const { sermonId, slug, title, speaker, isTextOnly, transcriptId, mediaRevision, language, isDraft } =
      candidate.hit
    if (transcriptId === null) continue
    const quote: Quote = {
      sermonId,
      slug,
      title,
      speaker,
      isTextOnly,
      transcriptId,
      mediaRevision,
      firstWord: first.firstWord,
      lastWord: last.lastWord,
      startMs: first.startMs,
      endMs: last.endMs,
      text: sentences.map(({ text }) => text).join(' '),
      language,
      isDraft,
    }
    if (!quotes.some((other) => isSameMoment(other, quote) || isSameText(other.text, quote.text)))
      quotes.push(quote)
  }
  return quotes
}

function isSameMoment(a: Quote, b: Quote): boolean {
  return a.transcriptId === b.transcriptId && a.firstWord <= b.lastWord && b.firstWord <= a.lastWord
}

function isSameText(a: string, b: string): boolean {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  return plain(a).includes(plain(b)) || plain(b).includes(plain(a))
}
