import { and, count, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import { auditLog, doubtfulReferences, sermons } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { formatRange } from './format-references.ts'
import { storeReferences } from './store-references.ts'

const MAX_LISTED = 100
/** Words before and after what names the reference. */
const SURROUNDING_WORDS = 15

/** A Bible reference that may be meant by what was said. */
export type DoubtfulReference = {
  id: string
  sermonId: string
  title: string
  /** Such as "Luke 9:9". */
  reference: string
  /** What was said before it, the words that name it, and what follows. */
  before: string
  words: string
  after: string
}

const row = z.object({
  id: z.string(),
  sermonId: z.string(),
  title: z.string(),
  firstVerse: z.number(),
  lastVerse: z.number(),
  firstWord: z.number(),
  lastWord: z.number(),
  from: z.number(),
  said: z.array(z.string()).nullable(),
})

const isOpen = (churchId: string) =>
  and(
    eq(doubtfulReferences.churchId, churchId),
    isNull(doubtfulReferences.decision),
    isNull(sermons.trashedAt),
  )

/** The doubtful references of a church that no one has decided on, sermon by sermon, the newest sermon first. */
export async function listDoubtfulReferences(
  { db }: { db: Database },
  { churchId }: { churchId: string },
): Promise<DoubtfulReference[]> {
  const { rows } = await db.execute(sql`
    select d.id, d.sermon_id as "sermonId", s.title, d.first_verse as "firstVerse", d.last_verse as "lastVerse",
      d.first_word as "firstWord", d.last_word as "lastWord", w.from,
      (select array_agg(word ->> 0 order by place) from jsonb_array_elements(
        jsonb_path_query_array(t.words, '$[$from to $to]', jsonb_build_object('from', w.from, 'to', w.to)))
        with ordinality as said(word, place)) as said
    from doubtful_references d join sermons s on s.id = d.sermon_id join transcripts t on t.id = d.transcript_id,
      lateral (select greatest(0, d.first_word - ${SURROUNDING_WORDS}::int) as from,
        d.last_word + ${SURROUNDING_WORDS}::int as to) w
    where d.church_id = ${churchId} and d.decision is null and s.trashed_at is null
    order by s.created_at desc, s.id, d.first_word, d.id limit ${MAX_LISTED}`)
  return z
    .array(row)
    .parse(rows)
    .map(({ id, sermonId, title, firstVerse, lastVerse, firstWord, lastWord, from, said }) => {
      const words = said ?? []
      const [start, end] = [firstWord - from, lastWord - from + 1]
      return {
        id,
        sermonId,
        title,
        reference: formatRange({ start: firstVerse, end: lastVerse }),
        before: words.slice(0, start).join(' '),
        words: words.slice(start, end).join(' '),
        after: words.slice(end).join(' '),
      }
    })
}

/** How many doubtful references of a church wait for a decision. */
export async function countDoubtfulReferences(
  { db }: { db: Database },
  { churchId }: { churchId: string },
): Promise<number> {
  const [found] = await db
    .select({ waiting: count() })
    .from(doubtfulReferences)
    .innerJoin(sermons, eq(sermons.id, doubtfulReferences.sermonId))
    .where(isOpen(churchId))
  return found?.waiting ?? 0
}

/**
 * Accepts or declines a doubtful reference, wherever the sermon names the same verses doubtfully. An accepted one
 * counts like any other from then on. Throws `not_found` where the church has no such reference.
 */
export async function decideReference(
  { db }: { db: Database },
  input: { churchId: string; actorId: string; id: string; decision: 'accepted' | 'declined' },
): Promise<void> {
  const { churchId, actorId, id, decision } = input
  await db.transaction(async (tx) => {
    const [found] = await tx
      .select()
      .from(doubtfulReferences)
      .where(and(eq(doubtfulReferences.id, id), eq(doubtfulReferences.churchId, churchId)))
    if (!found) {
      throw new AppError('not_found', 'This reference has changed in the meantime. Open the list again.')
    }
    const { sermonId, firstVerse, lastVerse } = found
    await tx
      .update(doubtfulReferences)
      .set({ decision })
      .where(
        and(
          eq(doubtfulReferences.sermonId, sermonId),
          eq(doubtfulReferences.firstVerse, firstVerse),
          eq(doubtfulReferences.lastVerse, lastVerse),
        ),
      )
    await storeReferences({ db: tx }, { sermonId })
    await tx.insert(auditLog).values({
      churchId,
      actorId,
      action: `reference.${decision}`,
      subject: sermonId,
      details: { reference: formatRange({ start: firstVerse, end: lastVerse }) },
    })
  })
}
