import type { Evidence } from '#lib/search/rank-sermons.ts'
import type { SearchQuery } from '#lib/search/read-query.ts'
import type { Candidate } from './read-candidates.ts'

/** Sentences of one candidate, by their places in it, inclusive. */
export type Pick = { candidate: string; firstSentence: number; lastSentence: number }

/**
 * `answered`: the sermons answer the question. `related`: they touch on it, and none answers it clearly.
 * `refused`: they do not speak to it.
 */
export type Outcome = 'answered' | 'related' | 'refused'

export type Verdict = {
  outcome: Outcome
  /** The quotes of the answer, best first; where there is none, the nearest moments. */
  picks: Pick[]
  words: string | null
  note: string | null
}

export type AnswerRequest = {
  /** As it is searched for: joined to earlier questions where it leaves out its subject. */
  question: string
  /** What was asked before in the same conversation, oldest first. */
  earlier: readonly string[]
  query: SearchQuery
  /** Best first. */
  candidates: readonly Candidate[]
  evidence: Evidence
  /** Called with all picks that are certain so far, each time there are more of them. */
  onPicks?: ((picks: readonly Pick[]) => void) | undefined
  signal?: AbortSignal | undefined
}

/**
 * Decides which of the found passages answer a question. It can only choose sentences: the caller renders the
 * quotes from the transcript, so they cannot be invented.
 */
export interface Answerer {
  readonly id: string
  decide(request: AnswerRequest): Promise<Verdict>
}
