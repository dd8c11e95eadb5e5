import type { Database } from '#lib/db/connect-database.ts'
import { questions } from '#lib/db/schema.ts'
import type { Embedder } from '#lib/search/embedder.ts'
import { namedSpeaker, type SearchQuery } from '#lib/search/read-query.ts'
import { searchPassages } from '#lib/search/search-passages.ts'
import type { SearchScope } from '#lib/search/search-scope.ts'
import type { Answer, Quote } from './answer.ts'
import type { Answerer, Outcome, Pick, Verdict } from './answerer.ts'
import { careMessage } from './care-message.ts'
import { MAX_NEAREST, MAX_QUOTES } from './extractive-answerer.ts'
import { type Candidate, readCandidates } from './read-candidates.ts'
import { recogniseDistress } from './recognise-distress.ts'

export const MAX_QUESTION_LENGTH = 2000
const CANDIDATES = 12
const PER_SERMON = 2

const WEAK_NOTE = 'Nothing answers this directly; the nearest moments are below.'
const SPEAKER_NOTE = 'No sermon here by the preacher you named answers this directly.'
const FOREIGN_NOTE = 'No sermon here is in the language of this question, so it cannot be answered from them.'

/**
 * Answers a question in the preachers' own words, or says that nothing was preached on it, and keeps the
 * question. Every quote is rendered here from the stored transcript. A question without any word of
 * content is refused with nothing near.
 */
export async function answerQuestion(
  deps: { db: Database; embedder: Embedder | null; answerer: Answerer },
  input: {
    question: string
    scope: SearchScope
    userId: string | null
    /** What a person in distress is told where to find help; the product's own words where it is left out. */
    careHelp?: string | undefined
    signal?: AbortSignal | undefined
  },
): Promise<Answer> {
  const question = input.question.trim().slice(0, MAX_QUESTION_LENGTH)
  const found = await searchPassages(deps, {
    query: question,
    limit: CANDIDATES,
    perSermon: PER_SERMON,
    keepWeak: true,
    onlyNamedSpeaker: true,
    scope: input.scope,
    signal: input.signal,
  })
  const candidates = await readCandidates(deps, found.hits)
  const verdict: Verdict =
    candidates.length === 0
      ? { outcome: 'refused', picks: [], words: null, note: null }
      : await deps.answerer.decide({
          question,
          query: found.query,
          candidates,
          evidence: found.evidence,
          signal: input.signal,
        })
  const isAnswer = verdict.outcome === 'answered'
  const quotes = renderPicks(candidates, verdict.picks, isAnswer ? MAX_QUOTES : MAX_NEAREST)
  const outcome = quotes.length === 0 ? 'refused' : verdict.outcome
  const care = recogniseDistress(question) ? careMessage(input.careHelp) : null
  // A person in distress gets help and direct answers, not moments that only share words with the question.
  const nearest = outcome === 'answered' || care !== null ? [] : quotes
  const answer: Answer = {
    care,
    outcome,
    refused: outcome === 'refused',
    answer: outcome === 'answered' ? verdict.words : null,
    quotes: outcome === 'answered' ? quotes : [],
    nearest,
    note: care === null ? (verdict.note ?? noteFor(found.query, outcome, nearest.length)) : null,
    answerer: deps.answerer.id,
  }
  await deps.db.insert(questions).values({
    userId: input.userId,
    sermonId: input.scope.sermonId ?? null,
    question,
    // For the pastor a question is unanswered too where only related moments were found.
    refused: outcome !== 'answered',
    quotes: answer.quotes.map(({ sermonId, transcriptId, firstWord, lastWord }) => ({
      sermonId,
      transcriptId,
      firstWord,
      lastWord,
    })),
    answerer: answer.answerer,
  })
  return answer
}

function noteFor(query: SearchQuery, outcome: Outcome, nearest: number): string | null {
  if (outcome === 'answered') return null
  if (query.isForeign) return FOREIGN_NOTE
  if (namedSpeaker(query).length > 0) return SPEAKER_NOTE
  return nearest > 0 ? WEAK_NOTE : null
}

/** The picked sentences as quotes; what does not exist, overlaps or says the same again is left out. */
function renderPicks(candidates: readonly Candidate[], picks: readonly Pick[], limit: number): Quote[] {
  const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]))
  const quotes: Quote[] = []
  for (const pick of picks) {
    if (quotes.length === limit) break
    const candidate = byId.get(pick.candidate)
    const sentences = candidate?.sentences.slice(pick.firstSentence, pick.lastSentence + 1) ?? []
    const [first, last] = [sentences[0], sentences.at(-1)]
    if (!candidate || !first || !last) continue
    const { sermonId, slug, title, speaker, transcriptId, mediaRevision, isDraft } = candidate.hit
    if (transcriptId === null) continue
    const quote: Quote = {
      sermonId,
      slug,
      title,
      speaker,
      transcriptId,
      mediaRevision,
      firstWord: first.firstWord,
      lastWord: last.lastWord,
      startMs: first.startMs,
      endMs: last.endMs,
      text: sentences.map(({ text }) => text).join(' '),
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
