import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { takeTurns } from '#lib/concurrency/take-turns.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { AppError } from '#lib/errors.ts'
import type { Embedder } from './embedder.ts'
import { findScriptureMoments } from './find-scripture-moments.ts'
import { freshIndex } from './live-index.ts'
import type { IndexedSermon, PassageIndex } from './passage-index.ts'
import { type Picked, pickPassages } from './pick-passages.ts'
import { type Evidence, noEvidence, rankSermons } from './rank-sermons.ts'
import type { RankingWeights } from './rank-windows.ts'
import { readQuery, type SearchQuery } from './read-query.ts'
import { rerankHits } from './rerank-hits.ts'
import type { Reranker } from './reranker.ts'
import { isNarrowed, type SearchScope, visibleSermons } from './search-scope.ts'

export type PassageHit = {
  passageId: string
  sermonId: string
  slug: string
  title: string
  speaker: string | null
  series: string | null
  scripture: string
  /** Null where only the details of the sermon fit, and `text` holds those. */
  transcriptId: string | null
  isDraft: boolean
  /** A manuscript without a recording: it has no times to play from. */
  isTextOnly: boolean
  /** The revision of the recording that the times belong to. */
  mediaRevision: number
  /** The language of the transcript; empty without one. */
  language: string
  firstWord: number
  lastWord: number
  startMs: number
  endMs: number
  text: string
  /** 0 to 1, never rising from one hit to the next; compares hits of one query only. */
  score: number
  /** Share of the query's weight in the words around the passage, including related words. */
  coverage: number
  /** How much of the order of the query's words is kept around it, 0 to 1. */
  order: number
  /** Nearness of meaning by the word meanings, -1 to 1. */
  cosine: number
  /** How much nearer it is by a model's vectors than most passages that they find; 0 without a model. */
  modelLead: number
  /** Share of the query's weight in the sermon's details. */
  heading: number
  /** How well the sermon's scripture fits a reference in the query, 0 to 1. */
  scriptureFit: number
}

/** `evidence` is about everything that was ranked, not only the hits. */
export type SearchOutcome = { query: SearchQuery; hits: PassageHit[]; evidence: Evidence }

/** Not measured with real weights, which were not available: see docs/evaluation.md. */
export const LEAST_MODEL_LEAD = 0.15
/** A passage below all of these values is not relevant to the query. Chosen with `npm run eval`. */
const LEAST = {
  coverage: 0.2,
  order: 0.5,
  cosine: 0.3,
  beyond: 0.15,
  modelLead: LEAST_MODEL_LEAD,
  heading: 0.25,
}
const LEAST_WEAK = {
  coverage: 0.02,
  order: 0.01,
  cosine: 0.2,
  beyond: 0,
  modelLead: LEAST_MODEL_LEAD,
  heading: 0.25,
}
const MODEL_CANDIDATES = 200
/** The share of passages that must have a model's vectors before searches use them. */
const LEAST_EMBEDDED = 0.9

/**
 * Ranking keeps the processor busy. If many searches rank before any of them reads its passages, all of them wait for
 * the slowest; so one ranks while another reads.
 */
const inTurn = takeTurns(2)

/**
 * Of many searches that arrive together a few begin at a time. The changes that one of them reads then serve all that
 * arrived before, which otherwise read them one by one.
 */
const beginInTurn = takeTurns(4)

type Dependencies = { db: Database; embedder: Embedder | null; reranker?: Reranker | null | undefined }
type SearchInput = {
  query: string
  limit: number
  scope: SearchScope
  perSermon?: number | undefined
  /** How many sermons at most, so that there is room for further passages of each. */
  sermons?: number | undefined
  /** Where the query names a speaker, only his sermons are searched. */
  onlyNamedSpeaker?: boolean | undefined
  /** Searches for the words as they are spelled. */
  keepSpelling?: boolean | undefined
  /** Returns passages too that have little to do with the query. */
  keepWeak?: boolean | undefined
  signal?: AbortSignal | undefined
  weights?: RankingWeights | undefined
}

/**
 * The passages that fit a query best: first the best one of each sermon, in the order of the sermons,
 * then further ones up to `perSermon`. Passages that have nothing to do with the query are left out, so
 * a query may find nothing. `embedder` is the model in use, or null; so is `reranker`.
 */
export async function searchPassages(deps: Dependencies, input: SearchInput): Promise<SearchOutcome> {
  const arrivedMs = performance.now()
  const search = () => searchNow(deps, input, arrivedMs)
  // A model may be another machine: searches do not wait there for each other.
  return deps.embedder || deps.reranker ? search() : beginInTurn(search)
}

async function searchNow(deps: Dependencies, input: SearchInput, arrivedMs: number): Promise<SearchOutcome> {
  const index = await freshIndex(deps.db, { sinceMs: arrivedMs })
  const query = await readQuery(deps.db, index, input.query, { keepSpelling: input.keepSpelling })
  if (query.terms.length === 0 && query.references.length === 0) {
    return { query, hits: [], evidence: noEvidence }
  }
  const moments = await findScriptureMoments(deps.db, query.references, input.scope)
  const isVisible = visibility(input.scope, {
    within: isNarrowed(input.scope) ? await listVisible(deps.db, input.scope) : null,
    speakers: input.onlyNamedSpeaker ? query.speakers : null,
  })
  const model = await modelCosines(deps, index, { ...input, text: query.text })
  const { hits, evidence } = await inTurn(async () => {
    const ranking = rankSermons(index, query, { isVisible, weights: input.weights, model, moments })
    const picks = pickPassages(index, query, ranking.sermons, {
      moments,
      limit: input.limit,
      perSermon: input.perSermon ?? input.limit,
      sermons: input.sermons,
      least: input.keepWeak ? LEAST_WEAK : LEAST,
    })
    return { hits: await readHits(deps.db, picks, input.scope), evidence: ranking.evidence }
  })
  const ordered = deps.reranker
    ? await rerankHits(deps.reranker, query, { hits, signal: input.signal })
    : hits
  return { query, hits: ordered, evidence }
}

async function listVisible(db: Database, scope: SearchScope): Promise<Set<string>> {
  const { rows } = await db.execute(sql`select s.id from sermons s where ${visibleSermons(scope)}`)
  return new Set(
    z
      .array(z.object({ id: z.string() }))
      .parse(rows)
      .map(({ id }) => id),
  )
}

/** `within` holds the sermons of a narrowed scope, `speakers` the names of those whose sermons are wanted; null for all. */
function visibility(
  scope: SearchScope,
  { within, speakers }: { within: ReadonlySet<string> | null; speakers: ReadonlySet<string> | null },
): (sermon: IndexedSermon) => boolean {
  const memberOf = new Set(scope.memberOf)
  return ({ id, churchId, isPublished, speaker }) =>
    (isPublished || memberOf.has(churchId)) &&
    (within === null || within.has(id)) &&
    (speakers === null || (speaker !== null && speakers.has(speaker)))
}

/**
 * Cosines by the model's vectors for the passages nearest to the query, by passage number. Undefined
 * without a model, before most passages have its vectors, and where it cannot be reached now: words and their meanings still find a lot.
 */
async function modelCosines(
  { db, embedder }: { db: Database; embedder: Embedder | null },
  index: PassageIndex,
  input: {
    text: string
    scope: SearchScope
    signal?: AbortSignal | undefined
    weights?: RankingWeights | undefined
  },
): Promise<ReadonlyMap<number, number> | undefined> {
  if (!embedder || input.weights?.model === 0 || !isMostlyEmbedded(index, embedder.id)) return undefined
  const vector = await embedQuery(embedder, input.text, input.signal)
  if (!vector) return undefined
  const queryVector = sql`${JSON.stringify(vector)}::vector(384)`
  const rows = await db.transaction(async (tx) => {
    // Filtered searches of the vector index continue until enough rows pass the filter.
    await tx.execute(
      sql`select set_config('hnsw.iterative_scan', 'relaxed_order', true), set_config('hnsw.ef_search', '200', true)`,
    )
    return tx.execute(sql`
      select p.id, 1 - (p.embedding::vector(384) <=> ${queryVector}) as cosine
      from passages p join sermons s on s.id = p.sermon_id
      where p.embedder = ${embedder.id} and ${visibleSermons(input.scope)}
      order by p.embedding::vector(384) <=> ${queryVector} limit ${MODEL_CANDIDATES}`)
  })
  const near = z.array(z.object({ id: z.string(), cosine: z.coerce.number() })).parse(rows.rows)
  return new Map(
    near.flatMap(({ id, cosine }): [number, number][] => {
      const number = index.numberOf.get(id)
      return number === undefined ? [] : [[number, cosine]]
    }),
  )
}

/**
 * Whether nearly all sermons have vectors of this model. While they are being made, the few that have some
 * would be found before better ones.
 */
function isMostlyEmbedded(index: PassageIndex, embedderId: string): boolean {
  let passages = 0
  let embedded = 0
  for (const sermon of index.sermons.values()) {
    passages += sermon.passages
    if (sermon.embedder === embedderId) embedded += sermon.passages
  }
  return embedded >= LEAST_EMBEDDED * passages
}

async function embedQuery(
  embedder: Embedder,
  text: string,
  signal: AbortSignal | undefined,
): Promise<number[] | null> {
  try {
    const [vector] = await embedder.embed([text], { kind: 'query', signal })
    return vector ?? null
  } catch (error) {
    signal?.throwIfAborted()
    if (!(error instanceof AppError)) throw error
    console.warn(`Searching without the model: ${error.message}`, error.cause)
    return null
  }
}

const hitRow = z.object({
  passageId: z.string().nullable(),
  sermonId: z.string(),
  slug: z.string(),
  title: z.string(),
  speaker: z.string().nullable(),
  series: z.string().nullable(),
  scripture: z.string(),
  description: z.string(),
  transcriptId: z.string().nullable(),
  language: z.string().nullable(),
  isDraft: z.boolean().nullable(),
  isTextOnly: z.boolean(),
  mediaRevision: z.number(),
  firstWord: z.number().nullable(),
  lastWord: z.number().nullable(),
  startMs: z.number().nullable(),
  endMs: z.number().nullable(),
  text: z.string().nullable(),
})

/** Reads the picked passages with their sermons, except those that the caller may no longer see. */
async function readHits(db: Database, picks: readonly Picked[], scope: SearchScope): Promise<PassageHit[]> {
  if (picks.length === 0) return []
  const visible: SQL = visibleSermons(scope)
  const { rows } = await db.execute(sql`
    select p.id as "passageId", s.id as "sermonId", s.slug, s.title, sp.name as speaker, se.title as series,
      s.scripture, s.description, s.is_text_only as "isTextOnly", s.media_revision as "mediaRevision", p.transcript_id as "transcriptId", t.language, t.is_draft as "isDraft",
      p.first_word as "firstWord", p.last_word as "lastWord", p.start_ms as "startMs", p.end_ms as "endMs", p.text
    from unnest(${sql.param(picks.map(({ sermonId }) => sermonId))}::uuid[],
      ${sql.param(picks.map(({ passageId }) => passageId))}::uuid[]) as picked(sermon_id, passage_id)
    -- One row for each pick, so that the database looks it up and does not read the whole table.
    cross join lateral (select * from sermons where id = picked.sermon_id limit 1) s
    left join lateral (select * from passages where id = picked.passage_id limit 1) p on true
    left join transcripts t on t.id = p.transcript_id
    left join speakers sp on sp.id = s.speaker_id
    left join series se on se.id = s.series_id
    where ${visible} and (picked.passage_id is null or t.media_revision = s.media_revision)`)
  const key = (sermonId: string, passageId: string | null) => `${sermonId} ${passageId ?? ''}`
  const found = new Map(
    z
      .array(hitRow)
      .parse(rows)
      .map((row) => [key(row.sermonId, row.passageId), row]),
  )
  return picks.flatMap(
    ({ score, coverage, order, cosine, modelLead, heading, scriptureFit, ...pick }): PassageHit[] => {
      const row = found.get(key(pick.sermonId, pick.passageId))
      if (!row) return []
      const { description, ...fields } = row
      return [
        {
          ...fields,
          passageId: row.passageId ?? row.sermonId,
          isDraft: row.isDraft ?? false,
          language: row.language ?? '',
          firstWord: row.firstWord ?? 0,
          lastWord: row.lastWord ?? 0,
          startMs: row.startMs ?? 0,
          endMs: row.endMs ?? 0,
          text: row.text ?? (description || row.title),
          score,
          coverage,
          order,
          cosine,
          modelLead,
          heading,
          scriptureFit,
        },
      ]
    },
  )
}
