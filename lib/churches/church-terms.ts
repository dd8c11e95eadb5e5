import { and, asc, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import { auditLog, churchTerms } from '#lib/db/schema.ts'
import { learnTerms } from '#lib/transcripts/learn-terms.ts'

const MOST_LEARNED = 30
/** Of how many corrected transcripts, the last ones, terms are learned. */
const LEARNED_FROM = 10

export type ChurchTerms = { used: string[]; learned: string[] }

const row = z.object({ before: z.array(z.string()).nullable(), after: z.array(z.string()).nullable() })

/** The names and terms of a church: those that it listed, and those learned from its latest corrections. */
export async function readChurchTerms(
  { db }: { db: Database },
  { churchId }: { churchId: string },
): Promise<ChurchTerms> {
  const stored = await db
    .select({ term: churchTerms.term, status: churchTerms.status })
    .from(churchTerms)
    .where(eq(churchTerms.churchId, churchId))
    .orderBy(asc(sql`lower(${churchTerms.term})`))
  const texts = (words: string) =>
    sql.raw(`(select array_agg(w ->> 0) from jsonb_array_elements(${words}) w)`)
  const { rows } = await db.execute(sql`
    select ${texts('original.words')} as before, ${texts('corrected.words')} as after
    from (
      select distinct on (t.sermon_id) t.sermon_id, t.media_revision, t.words, t.created_at
      from transcripts t join sermons s on s.id = t.sermon_id and s.trashed_at is null
      where t.church_id = ${churchId} and t.edited_by is not null and t.media_revision = s.media_revision
      order by t.sermon_id, t.revision desc
    ) corrected
    join lateral (
      select words from transcripts o
      where o.sermon_id = corrected.sermon_id and o.media_revision = corrected.media_revision
        and o.edited_by is null
      order by o.revision desc limit 1
    ) original on true
    order by corrected.created_at desc limit ${LEARNED_FROM}`)
  const known = new Set(stored.map(({ term }) => term.toLowerCase()))
  const learned = new Map<string, string>()
  for (const { before, after } of z.array(row).parse(rows)) {
    for (const term of learnTerms(before ?? [], after ?? [])) {
      if (!known.has(term.toLowerCase())) learned.set(term.toLowerCase(), term)
    }
  }
  return {
    used: stored.filter(({ status }) => status === 'used').map(({ term }) => term),
    learned: [...learned.values()].slice(0, MOST_LEARNED),
  }
}

/** Replaces the list of terms of a church. */
export async function setChurchTerms(
  { db }: { db: Database },
  { churchId, actorId, terms }: { churchId: string; actorId: string; terms: readonly string[] },
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx
      .delete(churchTerms)
      .where(and(eq(churchTerms.churchId, churchId), eq(churchTerms.status, 'used')))
    for (const term of terms) await storeTerm(tx, { churchId, term, status: 'used' })
    await tx.insert(auditLog).values({
      churchId,
      actorId,
      action: 'church.terms-set',
      subject: churchId,
      details: { count: terms.length },
    })
  })
}

/** Takes a learned term into the list of a church, or keeps it out of later transcriptions. */
export async function decideTerm(
  { db }: { db: Database },
  term: { churchId: string; term: string; status: 'used' | 'declined' },
): Promise<void> {
  await db.transaction((tx) => storeTerm(tx, term))
}

async function storeTerm(
  db: Pick<Database, 'insert' | 'delete'>,
  { churchId, term, status }: { churchId: string; term: string; status: 'used' | 'declined' },
): Promise<void> {
  await db
    .delete(churchTerms)
    .where(and(eq(churchTerms.churchId, churchId), eq(sql`lower(${churchTerms.term})`, term.toLowerCase())))
  await db.insert(churchTerms).values({ churchId, term, status }).onConflictDoNothing()
}
