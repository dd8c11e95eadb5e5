import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import { AppError } from '#lib/errors.ts'
import type { Embedder } from './embedder.ts'
import { type QueryTerm, readQuery, type SearchQuery } from './read-query.ts'
import { type SearchScope, visibleSermons } from './search-scope.ts'

export type PassageHit = {
  passageId: string
  sermonId: string
  slug: string
  title: string
  speaker: string | null
  series: string | null
  scripture: string
  transcriptId: string
  firstWord: number
  lastWord: number
  startMs: number
  endMs: number
  text: string
  /** 0 to 1; compares hits of one query only. */
  score: number
  /** Share of the query's weight that the passage's own words carry. */
  lexical: number
  /** Nearness of the vectors, or `null` where the passage was embedded by another embedder. */
  cosine: number | null
}

/** A query term with how rare it is among all passages; rarer terms weigh more. */
export type WeighedTerm = QueryTerm & { idf: number; found: number }

export type SearchOutcome = { query: SearchQuery; terms: WeighedTerm[]; hits: PassageHit[] }

export type FusionWeights = { lexical: number; vector: number; heading: number }

/** Chosen with `npm run eval`, by what the vectors can tell; see docs/evaluation.md. */
export const fusionWeights: Record<Embedder['label'], FusionWeights> = {
  lexical: { lexical: 1, vector: 0.15, heading: 0.5 },
  semantic: { lexical: 0.5, vector: 1, heading: 0.5 },
}

// No query can be cancelled on the embedded database, so each one is bounded by what it may look at.
const MAX_COUNTED = 20_000
const MAX_RANKED = 4000
const LEXICAL_CANDIDATES = 120
const VECTOR_CANDIDATES = 60
const HEADING_SERMONS = 20
const HEADING_CANDIDATES = 60
/** ts_rank of one occurrence of one word; more occurrences give up to 1.6 times as much. */
const ONE_OCCURRENCE = 0.0607927
const RELATED_WEIGHT = 0.5

/**
 * The passages that fit a query best, best first: full text (rare words weigh more, related words
 * count half) and vectors, fused by weights that follow the embedder. Words of a sermon's title,
 * speaker, series or scripture count for its passages. An empty query finds nothing.
 */
export async function searchPassages(
  deps: { db: Database; embedder: Embedder },
  input: {
    query: string
    limit: number
    scope: SearchScope
    perSermon?: number | undefined
    signal?: AbortSignal | undefined
    weights?: FusionWeights | undefined
  },
): Promise<SearchOutcome> {
  const query = readQuery(input.query)
  if (query.terms.length === 0 && !query.reference) return { query, terms: [], hits: [] }
  const weights = input.weights ?? fusionWeights[deps.embedder.label]
  const terms = await weighTerms(deps.db, query.terms)
  const headings = await matchHeadings(deps.db, { query, terms, scope: input.scope })
  const vector = weights.vector > 0 ? await embedQuery(deps.embedder, query.text, input.signal) : null
  const rows = await findCandidates(deps, { terms, headings, vector, weights, scope: input.scope })
  const whole = terms.reduce((sum, term) => sum + term.idf * term.weight, 0) || 1
  const hits = rows
    .map(({ rank, ...row }) => {
      const lexical = rank / whole
      const heading = headings.get(row.sermonId) ?? 0
      const fused =
        weights.lexical * lexical +
        weights.vector * Math.max(0, row.cosine ?? 0) +
        weights.heading * (heading / whole)
      return { ...row, lexical, score: fused / (weights.lexical + weights.vector + weights.heading) }
    })
    .sort((a, b) => b.score - a.score || a.startMs - b.startMs)
  return { query, terms, hits: spread(hits, input.perSermon ?? input.limit).slice(0, input.limit) }
}

/** The query's vector; null where the embedder cannot be had now: the words alone still find a lot. */
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
    console.warn(`Searching by words alone: ${error.message}`, error.cause)
    return null
  }
}

/** At most `perSermon` hits of each sermon. */
function spread(hits: PassageHit[], perSermon: number): PassageHit[] {
  const taken = new Map<string, number>()
  return hits.filter(({ sermonId }) => {
    const count = (taken.get(sermonId) ?? 0) + 1
    taken.set(sermonId, count)
    return count <= perSermon
  })
}

const frequencyRow = z.object({
  place: z.coerce.number().int(),
  found: z.coerce.number(),
  total: z.coerce.number(),
})

/** How rare each term is, from counts that stop at 20,000 passages. */
async function weighTerms(db: Database, terms: QueryTerm[]): Promise<WeighedTerm[]> {
  if (terms.length === 0) return []
  const words = terms.map(({ word }) => word)
  const { rows } = await db.execute(sql`
    select asked.place,
      (select count(*) from (select 1 from passages p where p.search @@ asked.query limit ${MAX_COUNTED}) c) as found,
      (select count(*) from (select 1 from passages limit ${MAX_COUNTED}) c) as total
    from (
      select place, plainto_tsquery('english', word) as query
      from unnest(${sql.param(words)}::text[]) with ordinality as u(word, place)
    ) asked`)
  const counts = new Map(
    z
      .array(frequencyRow)
      .parse(rows)
      .map((row) => [row.place - 1, row]),
  )
  return terms.map((term, place) => {
    const { found = 0, total = 0 } = counts.get(place) ?? {}
    return { ...term, found, idf: Math.log(1 + (Math.max(total, found) - found + 0.5) / (found + 0.5)) }
  })
}

const headingRow = z.object({ sermonId: z.string(), place: z.coerce.number().int() })

/** Sermons whose title, speaker, series or scripture holds words of the query, with the weight they carry. */
async function matchHeadings(
  db: Database,
  input: { query: SearchQuery; terms: WeighedTerm[]; scope: SearchScope },
): Promise<Map<string, number>> {
  const { reference } = input.query
  const words = input.terms.map(({ word }) => word)
  const { rows } = await db.execute(sql`
    with headings as materialized (
      select s.id, s.scripture,
        to_tsvector('english', concat_ws(' ', s.title, s.scripture, sp.name, se.title)) as heading
      from sermons s
      left join speakers sp on sp.id = s.speaker_id
      left join series se on se.id = s.series_id
      where ${visibleSermons(input.scope)}
      limit ${MAX_COUNTED}
    )
    select h.id as "sermonId", asked.place
    from headings h
    join (
      select place, plainto_tsquery('english', word) as query
      from unnest(${sql.param(words)}::text[]) with ordinality as u(word, place)
    ) asked on h.heading @@ asked.query
    union all
    select h.id, 0 from headings h
    where ${reference !== null} and lower(h.scripture) ~ ${referencePattern(input.query)}
    limit ${MAX_RANKED}`)
  const whole = input.terms.reduce((sum, term) => sum + term.idf * term.weight, 0) || 1
  const carried = new Map<string, number>()
  for (const { sermonId, place } of z.array(headingRow).parse(rows)) {
    const term = input.terms[place - 1]
    const weight = place === 0 ? whole : term ? term.idf * term.weight : 0
    carried.set(sermonId, (carried.get(sermonId) ?? 0) + weight)
  }
  return carried
}

function referencePattern({ reference }: SearchQuery): string {
  if (!reference) return '^$'
  const book = reference.book.replace('psalm', 'psalms?')
  return reference.chapter === null ? `\\m${book}\\M` : `\\m${book} ${reference.chapter}\\M`
}

const candidateRow = z.object({
  passageId: z.string(),
  sermonId: z.string(),
  slug: z.string(),
  title: z.string(),
  speaker: z.string().nullable(),
  series: z.string().nullable(),
  scripture: z.string(),
  transcriptId: z.string(),
  firstWord: z.number(),
  lastWord: z.number(),
  startMs: z.number(),
  endMs: z.number(),
  text: z.string(),
  rank: z.coerce.number(),
  cosine: z.coerce.number().nullable(),
})

async function findCandidates(
  { db, embedder }: { db: Database; embedder: Embedder },
  input: {
    terms: WeighedTerm[]
    headings: Map<string, number>
    vector: number[] | null
    weights: FusionWeights
    scope: SearchScope
  },
): Promise<z.infer<typeof candidateRow>[]> {
  const visible = visibleSermons(input.scope)
  const rank = rankOf(input.terms)
  const vector = input.vector ? sql`${JSON.stringify(input.vector)}::vector(384)` : null
  const sources: SQL[] = []
  if (input.terms.length > 0 && input.weights.lexical > 0) {
    sources.push(sql`(
      select p.id from (
        select p.id, p.search from passages p join sermons s on s.id = p.sermon_id
        where p.search @@ ${anyOf(input.terms)} and ${visible} limit ${MAX_RANKED}
      ) p order by ${rank} desc limit ${LEXICAL_CANDIDATES})`)
  }
  if (vector) {
    sources.push(sql`(
      select p.id from passages p join sermons s on s.id = p.sermon_id
      where p.embedder = ${embedder.id} and ${visible}
      order by p.embedding::vector(384) <=> ${vector} limit ${VECTOR_CANDIDATES})`)
  }
  const headed = [...input.headings].sort((a, b) => b[1] - a[1]).slice(0, HEADING_SERMONS)
  if (headed.length > 0 && input.weights.heading > 0) {
    const ids = headed.map(([id]) => id)
    sources.push(sql`(
      select p.id from passages p where p.sermon_id = any(${sql.param(ids)}::uuid[])
      order by ${rank} desc, p.position limit ${HEADING_CANDIDATES})`)
  }
  if (sources.length === 0) return []
  const { rows } = await db.transaction(async (tx) => {
    // Filtered searches of the vector index go on until enough rows pass the filter.
    await tx.execute(
      sql`select set_config('hnsw.iterative_scan', 'relaxed_order', true), set_config('hnsw.ef_search', '100', true)`,
    )
    return tx.execute(sql`
      select p.id as "passageId", p.sermon_id as "sermonId", s.slug, s.title, sp.name as speaker, se.title as series,
        s.scripture, p.transcript_id as "transcriptId", p.first_word as "firstWord", p.last_word as "lastWord",
        p.start_ms as "startMs", p.end_ms as "endMs", p.text, ${rank} as rank,
        ${vector ? sql`case when p.embedder = ${embedder.id} then 1 - (p.embedding::vector(384) <=> ${vector}) end` : sql`null`} as cosine
      from passages p
      join sermons s on s.id = p.sermon_id
      left join speakers sp on sp.id = s.speaker_id
      left join series se on se.id = s.series_id
      where ${visible} and p.id in (${sql.join(sources, sql` union `)})`)
  })
  return z.array(candidateRow).parse(rows)
}

/** Sum over the terms of rarity times how much the passage says of it; related words count half. */
function rankOf(terms: WeighedTerm[]): SQL {
  if (terms.length === 0) return sql`0::float8`
  const shares = terms.map((term) => {
    const own = sql`ts_rank(p.search, plainto_tsquery('english', ${term.word}))`
    const most =
      term.related.length === 0
        ? own
        : sql`greatest(${own}, ${RELATED_WEIGHT}::float8 * ts_rank(p.search, ${anyWord(term.related)}))`
    return sql`${(term.idf * term.weight) / ONE_OCCURRENCE}::float8 * ${most}`
  })
  return sql`(${sql.join(shares, sql` + `)})`
}

/** Matches what is worth ranking: the rarest terms, as many as stay within the bound. */
function anyOf(terms: WeighedTerm[]): SQL {
  const subjects = terms.filter(({ weight }) => weight === 1)
  const rarestFirst = (subjects.length > 0 ? subjects : terms).toSorted((a, b) => b.idf - a.idf)
  let found = 0
  const chosen = rarestFirst.filter((term, place) => {
    found += term.found
    return place === 0 || found <= MAX_RANKED
  })
  return anyWord(chosen.flatMap((term) => [term.word, ...term.related]))
}

function anyWord(words: string[]): SQL {
  return sql`(${sql.join(
    words.map((word) => sql`plainto_tsquery('english', ${word})`),
    sql` || `,
  )})`
}
