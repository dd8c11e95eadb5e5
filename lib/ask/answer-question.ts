import type { Database } from '#lib/db/connect-database.ts'
import { readAskedChurch } from '#lib/questions/find-asked-church.ts'
import { findLinkedSermon } from '#lib/questions/find-linked-sermon.ts'
import { storeQuestion } from '#lib/questions/store-question.ts'
import type { Embedder } from '#lib/search/embedder.ts'
import { findMeantReference } from '#lib/search/find-meant-reference.ts'
import { hasNoSubject, type SearchQuery } from '#lib/search/read-query.ts'
import type { Reranker } from '#lib/search/reranker.ts'
import { type PassageHit, searchPassages } from '#lib/search/search-passages.ts'
import type { SearchScope } from '#lib/search/search-scope.ts'
import type { Answer, AnswerSoFar } from './answer.ts'
import type { Answerer, Outcome, Verdict } from './answerer.ts'
import { careMessage } from './care-message.ts'
import { extractiveAnswerer, MAX_NEAREST, MAX_QUOTES } from './extractive-answerer.ts'
import { findAsked } from './find-asked.ts'
import { findTitled } from './find-titled.ts'
import { followQuestion, MAX_EARLIER } from './follow-question.ts'
import { listSermonsOfSpeakers, listSermonsOnSubject, listSpeakers } from './list-on-subject.ts'
import { putLinkedFirst } from './put-linked-first.ts'
import { readCandidates } from './read-candidates.ts'
import { type AskRequest, readRequest } from './read-request.ts'
import { recogniseDistress } from './recognise-distress.ts'
import { renderPicks } from './render-picks.ts'
import { summariseSermon } from './summarise-sermon.ts'

export const MAX_QUESTION_LENGTH = 2000
/** From this share of its details a title names the sermon. */
const NAMED = 0.9

const WEAK_NOTE = 'Nothing answers this directly; the nearest moments are below.'
const WHICH_SERMON_NOTE =
  'Say which sermon: open it and ask there, or give its title, such as “Summarise The Good Shepherd”.'
const NO_TEXT_NOTE = 'This sermon has no transcript yet, so it cannot be summarised.'
const FOREIGN_NOTE = 'No sermon here is in the language of this question, so it cannot be answered from them.'

type Deps = {
  db: Database
  embedder: Embedder | null
  reranker?: Reranker | null | undefined
  answerer: Answerer
}
type Input = {
  question: string
  scope: SearchScope
  /** The questions asked before in this conversation, oldest first; used to search, and never stored. */
  earlier?: readonly string[] | undefined
  /** Where a person in distress finds help, for churches without a text of their own. */
  careHelp?: string | undefined
  /** Asked by opening a page, which may be opened again. */
  isPage?: boolean | undefined
  /** Called with what is certain of the answer, each time there is more of it. */
  onProgress?: ((soFar: AnswerSoFar) => void) | undefined
  signal?: AbortSignal | undefined
}

/**
 * Answers a question in the preachers' own words, or says that nothing was preached on it, and keeps the
 * question, unless it speaks of distress. Every quote is rendered here from the stored transcript. A question that wants a list or a
 * summary gets one. A question without any word of content is refused with nothing near.
 */
export async function answerQuestion(deps: Deps, input: Input): Promise<Answer> {
  const question = input.question.trim().slice(0, MAX_QUESTION_LENGTH)
  const request = readRequest(question)
  const summary = request.kind === 'summary' ? await answerWithSummary(deps, input, request) : null
  const text = followQuestion(question, recent(input.earlier)).slice(-MAX_QUESTION_LENGTH)
  const link = summary ? null : await findLinkedSermon(deps, { question: text, scope: input.scope })
  // What the church gave as the answer goes first, so nothing can be shown before it.
  const onProgress = link ? undefined : input.onProgress
  const answer = summary ?? (await answerWithQuotes(deps, { ...input, question, text, onProgress }, request))
  // What a person in distress asked is kept nowhere.
  if (answer.care !== null) return answer
  const linked = link ? await putLinkedFirst(deps, answer, link, { ...input, question: text }) : answer
  const { quotes, nearest, sermons } = linked
  await storeQuestion(deps, {
    question,
    scope: input.scope,
    nearestSermonId: [...quotes, ...nearest, ...sermons][0]?.sermonId ?? null,
    // For the pastor a question is unanswered too where only related moments were found.
    isAnswered: linked.outcome === 'answered',
    quotes: quotes.map(({ sermonId, transcriptId, firstWord, lastWord }) => ({
      sermonId,
      transcriptId,
      firstWord,
      lastWord,
    })),
    answerer: linked.answerer,
    isPage: input.isPage ?? false,
  })
  return linked
}

async function answerWithQuotes(
  deps: Deps,
  { question, text, scope, signal, careHelp, earlier, onProgress }: Input & { text: string },
  request: AskRequest,
): Promise<Answer> {
  const readAs = text === question ? null : text
  const care = recogniseDistress(question) ? await readCareMessage(deps, scope, careHelp) : null
  const meant = care === null ? await findMeantReference(deps, question) : null
  onProgress?.({ care, readAs, meant, quotes: [] })
  const found = await findAsked(deps, { request, question, text, earlier: recent(earlier), scope, signal })
  const candidates = await readCandidates(deps, found.hits)
  // Nothing answers for a preacher who has no sermons here.
  const isUnknown = found.query.unknownSpeaker !== null
  const kind = isUnknown ? 'answer' : found.kind
  // A list needs no words of a model.
  const answerer = kind === 'answer' && !isUnknown ? deps.answerer : extractiveAnswerer
  const judged: Verdict =
    candidates.length === 0
      ? { outcome: 'refused', picks: [], words: null, note: null }
      : await answerer.decide({
          question: text,
          earlier: recent(earlier),
          query: found.query,
          candidates,
          evidence: found.evidence,
          onPicks:
            answerer === deps.answerer
              ? (picks) =>
                  onProgress?.({ care, readAs, meant, quotes: renderPicks(candidates, picks, MAX_QUOTES) })
              : undefined,
          signal,
        })
  const verdict: Verdict =
    isUnknown && judged.outcome === 'answered' ? { ...judged, outcome: 'related' } : judged
  // “Sermons by Anna Moss” names nothing but the speaker.
  const ofSpeakers = kind !== 'answer' && hasNoSubject(found.query) ? found.query.speakers : null
  const sermons = ofSpeakers
    ? await listSermonsOfSpeakers(deps, { names: ofSpeakers, scope })
    : kind === 'answer' || !speaksOnSubject(verdict, found.hits)
      ? []
      : listSermonsOnSubject(
          namesOnlyVerses(found.query)
            ? found.hits.filter(({ scriptureFit }) => scriptureFit > 0)
            : found.hits,
        )
  const isAnswer = verdict.outcome === 'answered' || sermons.length > 0
  const quotes = renderPicks(candidates, ofSpeakers ? [] : verdict.picks, isAnswer ? MAX_QUOTES : MAX_NEAREST)
  const outcome = sermons.length > 0 ? 'answered' : quotes.length === 0 ? 'refused' : verdict.outcome
  // A person in distress gets help and direct answers, not moments that only share words with the question.
  const nearest = outcome === 'answered' || care !== null ? [] : quotes
  return {
    care,
    readAs,
    meant,
    kind: sermons.length > 0 && kind !== 'answer' ? kind : 'quotes',
    outcome,
    refused: outcome === 'refused',
    answer: outcome === 'answered' ? verdict.words : null,
    quotes: outcome === 'answered' ? quotes : [],
    nearest,
    sermons: kind === 'sermons' ? sermons : [],
    speakers: kind === 'speakers' ? await listSpeakers(deps, sermons) : [],
    linked: null,
    note: care === null ? (verdict.note ?? describeOutcome(found.query, outcome, nearest.length)) : null,
    answerer: answerer.id,
  }
}

const recent = (earlier: readonly string[] | undefined) => (earlier ?? []).slice(-MAX_EARLIER)

async function readCareMessage(
  { db }: Pick<Deps, 'db'>,
  scope: SearchScope,
  installationHelp: string | undefined,
): Promise<string> {
  const church = await readAskedChurch({ db }, scope)
  return careMessage({ churchHelp: church?.careHelp, timeZone: church?.timeZone, installationHelp })
}

const namesOnlyVerses = ({ terms, references }: SearchQuery): boolean =>
  references.length > 0 && terms.every(({ weight }) => weight < 1)

/** A list needs no single sermon that is clearly ahead of the others. Sermons without a transcript count by their details. */
function speaksOnSubject({ outcome }: Verdict, hits: readonly PassageHit[]): boolean {
  return (
    outcome !== 'refused' || hits.some(({ transcriptId, heading }) => transcriptId === null && heading > 0.5)
  )
}

/** The key sentences of the sermon that is named, or of the one that the scope is; null where no sermon has that name. */
async function answerWithSummary(
  deps: Deps,
  { scope, signal }: Input,
  { subject, isSubject }: Extract<AskRequest, { kind: 'summary' }>,
): Promise<Answer | null> {
  const sermonId =
    subject === ''
      ? scope.sermonId
      : ((await findByTitle(deps, { title: subject, scope, signal })) ??
        (isSubject ? await findOnSubject(deps, { subject, scope, signal }) : undefined))
  if (subject !== '' && sermonId === undefined) return null
  const quotes = sermonId === undefined ? [] : await summariseSermon(deps, { sermonId, scope })
  const isFound = quotes.length > 0
  return {
    care: null,
    readAs: null,
    meant: null,
    kind: 'summary',
    outcome: isFound ? 'answered' : 'refused',
    refused: !isFound,
    answer: null,
    quotes,
    nearest: [],
    sermons: [],
    speakers: [],
    linked: null,
    note: isFound ? null : sermonId === undefined ? WHICH_SERMON_NOTE : NO_TEXT_NOTE,
    answerer: extractiveAnswerer.id,
  }
}

async function findByTitle(
  deps: Deps,
  { title, scope, signal }: { title: string; scope: SearchScope; signal: AbortSignal | undefined },
): Promise<string | undefined> {
  const { hits } = await searchPassages(deps, { query: title, limit: 1, scope, signal })
  // A title such as “He Is Not Here” has no word that is searched for.
  return hits.find(({ heading }) => heading >= NAMED)?.sermonId ?? findTitled(deps, { title, scope })
}

/** The only sermon that answers on a subject: “Summarise the sermon on Elijah”. */
async function findOnSubject(
  deps: Deps,
  { subject, scope, signal }: { subject: string; scope: SearchScope; signal: AbortSignal | undefined },
): Promise<string | undefined> {
  const query = `sermons on ${subject}`
  const { hits } = await searchPassages(deps, { query, limit: 5, perSermon: 1, scope, signal })
  const [first, ...others] = listSermonsOnSubject(hits)
  return others.length === 0 ? first?.sermonId : undefined
}

function describeOutcome(query: SearchQuery, outcome: Outcome, nearest: number): string | null {
  if (outcome === 'answered') return null
  if (query.isForeign) return FOREIGN_NOTE
  if (query.speakers) {
    const names = new Intl.ListFormat('en', { type: 'disjunction' }).format(query.speakers)
    return `No sermon by ${names} answers this directly.`
  }
  if (query.unknownSpeaker !== null) {
    return `No preacher called ${asName(query.unknownSpeaker)} has sermons here.`
  }
  return nearest > 0 ? WEAK_NOTE : null
}

const asName = (words: string) => words.replace(/(?<![\p{L}\p{M}])\p{L}/gu, (letter) => letter.toUpperCase())
