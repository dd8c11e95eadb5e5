import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import { MEANING_DIMENSIONS } from '#lib/db/schema.ts'
import { findReferences } from '#lib/scripture/find-references.ts'
import { analyserId, analyseTexts, baseLanguage, fromTsvector } from './analyse-text.ts'
import {
  addSpellings,
  compactIndex,
  createPassageIndex,
  type PassageIndex,
  removeSermon,
  setSermon,
} from './passage-index.ts'
import { readHalfVector } from './read-half-vector.ts'

const SERMONS_PER_READ = 40
const TITLE = 0
const SCRIPTURE = 4
/** The index is compacted when the numbers of replaced passages exceed those in use by this many. */
const MIN_COMPACTED = 2000

type LiveIndex = {
  index: PassageIndex
  /** Changes of earlier transactions have been read. */
  horizon: string
  /** The transaction of each sermon's state that has been read. */
  known: Map<string, string>
  /** When the newest refresh that has ended began, on the clock of `performance.now()`. */
  begunMs: number
  running: Promise<void> | null
  /** Begins when `running` has ended; calls that wait for it share it. */
  next: Promise<void> | null
}

// One per process and database, even if the bundler includes this module twice.
declare global {
  var selahLiveIndexes: WeakMap<Database, LiveIndex> | undefined
}

/**
 * The passages of all sermons in memory, with every change that was committed before `sinceMs`, a time of
 * `performance.now()`. The first call in a process reads everything.
 */
export async function freshIndex(db: Database, { sinceMs }: { sinceMs: number }): Promise<PassageIndex> {
  globalThis.selahLiveIndexes ??= new WeakMap()
  let live = globalThis.selahLiveIndexes.get(db)
  if (!live) {
    live = {
      index: createPassageIndex(MEANING_DIMENSIONS),
      horizon: '0',
      known: new Map(),
      begunMs: Number.NEGATIVE_INFINITY,
      running: null,
      next: null,
    }
    globalThis.selahLiveIndexes.set(db, live)
  }
  if (live.begunMs <= sinceMs) await joinRefresh(db, live)
  return live.index
}

/** A refresh that begins after this call: one that has begun already may miss the newest change. */
function joinRefresh(db: Database, live: LiveIndex): Promise<void> {
  const begin = () => {
    live.next = null
    const own = refresh(db, live).finally(() => {
      live.running = null
    })
    live.running = own
    return own
  }
  if (live.next) return live.next
  if (!live.running) return begin()
  live.next = live.running.catch(() => undefined).then(begin)
  return live.next
}

const changesRow = z.object({
  horizon: z.string(),
  changes: z.array(z.object({ sermonId: z.string(), changedIn: z.string() })).nullable(),
})

async function refresh(db: Database, live: LiveIndex): Promise<void> {
  const begunMs = performance.now()
  // A transaction that is still open may commit a smaller number later: everything from the oldest open
  // one on is read again the next time.
  const { rows } = await db.execute(sql`
    select pg_snapshot_xmin(pg_current_snapshot())::text as horizon,
      (select json_agg(json_build_object('sermonId', sermon_id, 'changedIn', changed_in::text) order by sermon_id)
       from search_changes where changed_in >= ${live.horizon}::xid8) as changes`)
  const { horizon, changes } = changesRow.parse(rows[0])
  const changed = (changes ?? []).filter(({ sermonId, changedIn }) => live.known.get(sermonId) !== changedIn)
  for (let from = 0; from < changed.length; from += SERMONS_PER_READ) {
    const part = changed.slice(from, from + SERMONS_PER_READ)
    await readSermons(
      db,
      live.index,
      part.map(({ sermonId }) => sermonId),
    )
    for (const { sermonId, changedIn } of part) live.known.set(sermonId, changedIn)
  }
  live.horizon = horizon
  live.begunMs = begunMs
  const inUse = live.index.numberOf.size
  if (live.index.size > 2 * inUse + MIN_COMPACTED) live.index = compactIndex(live.index)
}

const sermonRow = z.object({
  id: z.string(),
  churchId: z.string(),
  isPublished: z.boolean(),
  language: z.string(),
  speaker: z.string().nullable(),
  headings: z.array(z.string()),
})
const passageRow = z.object({
  id: z.string(),
  sermonId: z.string(),
  words: z.number(),
  text: z.string(),
  terms: z.string(),
  meaning: z.instanceof(Buffer).nullable(),
  embedder: z.string().nullable(),
})

async function readSermons(db: Database, index: PassageIndex, ids: string[]): Promise<void> {
  const wanted = sql`${sql.param(ids)}::uuid[]`
  // One snapshot for both, so that a sermon is never read half before and half after a change.
  const { sermons, passages } = await db.transaction(
    async (tx) => ({
      sermons: await tx.execute(sql`
        select s.id, s.church_id as "churchId", s.publication = 'published' as "isPublished", s.language, sp.name as speaker,
          json_build_array(s.title, coalesce(sp.name, ''), coalesce(se.title, ''), s.description, s.scripture) as headings
        from sermons s
        left join speakers sp on sp.id = s.speaker_id
        left join series se on se.id = s.series_id
        where s.id = any(${wanted}) and s.trashed_at is null`),
      passages: await tx.execute(sql`
        select p.id, p.sermon_id as "sermonId", p.last_word - p.first_word + 1 as words, p.text,
          coalesce(p.search::text, '') as terms, halfvec_send(p.meaning) as meaning, p.embedder
        from passages p
        where p.sermon_id = any(${wanted}) and p.analyser = ${analyserId()}
        order by p.sermon_id, p.position`),
    }),
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
  const bySermon = new Map<string, z.infer<typeof passageRow>[]>()
  for (const row of z.array(passageRow).parse(passages.rows)) {
    const own = bySermon.get(row.sermonId) ?? []
    own.push(row)
    bySermon.set(row.sermonId, own)
  }
  const found = z.array(sermonRow).parse(sermons.rows)
  const removed = new Set(ids)
  for (const { headings, language, ...sermon } of found) {
    removed.delete(sermon.id)
    const analysed = await analyseTexts(db, headings, language)
    for (const [place, text] of headings.entries()) {
      const own = analysed[place]
      if (own) addSpellings(index, text, own)
    }
    setSermon(
      index,
      {
        ...sermon,
        language: baseLanguage(language),
        // All passages of a sermon are stored together.
        embedder: bySermon.get(sermon.id)?.[0]?.embedder ?? null,
        headings: analysed.map(({ terms }) => terms),
        scripture: findReferences(`${headings[SCRIPTURE] ?? ''}\n${headings[TITLE] ?? ''}`),
      },
      (bySermon.get(sermon.id) ?? []).map(({ id, words, text, terms, meaning }) => {
        const read = fromTsvector(terms)
        addSpellings(index, text, read)
        return { id, words, ...read, meaning: meaning ? readHalfVector(meaning) : null }
      }),
    )
  }
  for (const id of removed) removeSermon(index, id)
}
