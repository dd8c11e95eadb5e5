import { desc, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database, DatabaseOrTransaction } from '#lib/db/connect-database.ts'
import { scriptureRefs, sermons, transcripts } from '#lib/db/schema.ts'
import { collectReferences } from './collect-references.ts'

/** Names everything that changes which references are found: what another version read is read again. */
const RULES = 'references-1'
/** Keeps one INSERT well under the 65,535 parameters Postgres allows. */
const ROWS_PER_INSERT = 1000

/** What the references of a sermon depend on; `s` is the table `sermons`. */
const basis = sql`md5(concat_ws(E'\n', ${RULES}::text, s.title, s.scripture, s.transcript_revision::text))`

/**
 * Reads the Bible references of a sermon's details and current transcript, in the place of those stored
 * before. Safe to run twice or at the same time.
 */
export async function storeReferences(
  { db }: { db: DatabaseOrTransaction },
  { sermonId }: { sermonId: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    // The sermon's row is the lock: two runs follow each other.
    const [sermon] = await tx.select().from(sermons).where(eq(sermons.id, sermonId)).for('update')
    if (!sermon) return
    const [transcript] = await tx
      .select({ id: transcripts.id, words: transcripts.words })
      .from(transcripts)
      .where(eq(transcripts.sermonId, sermonId))
      .orderBy(desc(transcripts.revision))
      .limit(1)
    const found = collectReferences({ ...sermon, words: transcript?.words ?? [] })
    await tx.delete(scriptureRefs).where(eq(scriptureRefs.sermonId, sermonId))
    for (let from = 0; from < found.length; from += ROWS_PER_INSERT) {
      await tx.insert(scriptureRefs).values(
        found.slice(from, from + ROWS_PER_INSERT).map(({ start, end, ...reference }) => ({
          ...reference,
          churchId: sermon.churchId,
          sermonId,
          transcriptId: reference.source === 'transcript' ? (transcript?.id ?? null) : null,
          firstVerse: start,
          lastVerse: end,
        })),
      )
    }
    await tx.execute(sql`update sermons s set references_of = ${basis} where s.id = ${sermonId}`)
  })
}

/**
 * Reads the references of sermons whose details or transcript changed since, and of those that were there
 * before references were stored. Returns how many were read; more may wait for the next call.
 */
export async function storeMissingReferences(
  { db }: { db: Database },
  { limit }: { limit: number },
): Promise<number> {
  const { rows } = await db.execute(sql`
    select s.id from sermons s where s.references_of is distinct from ${basis} order by s.id limit ${limit}`)
  const outdated = z.array(z.object({ id: z.string() })).parse(rows)
  for (const { id } of outdated) await storeReferences({ db }, { sermonId: id })
  return outdated.length
}
