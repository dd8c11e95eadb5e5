import { and, desc, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database, DatabaseOrTransaction } from '#lib/db/connect-database.ts'
import { doubtfulReferences, scriptureRefs, sermons, transcripts } from '#lib/db/schema.ts'
import { type CollectedReference, collectReferences } from './collect-references.ts'

/** Names everything that changes which references are found: what another version read is read again. */
const RULES = 'references-2'
/** Keeps one INSERT well under the 65,535 parameters Postgres allows. */
const ROWS_PER_INSERT = 1000

/** A digest of everything that the references of a sermon depend on; `s` is the table `sermons`. */
const basis = sql`md5(concat_ws(E'\n', ${RULES}::text, s.title, s.scripture, s.transcript_revision::text))`

/**
 * Reads the Bible references of a sermon's details and current transcript, in the place of those stored
 * before. A doubtful one counts once the church has accepted it; decisions stay. Safe to run twice or at the same
 * time.
 */
export async function storeReferences(
  { db }: { db: DatabaseOrTransaction },
  { sermonId }: { sermonId: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    // The row of the sermon is locked, so that two runs do not mix their references.
    const [sermon] = await tx.select().from(sermons).where(eq(sermons.id, sermonId)).for('update')
    if (!sermon) return
    const [transcript] = await tx
      .select({ id: transcripts.id, words: transcripts.words })
      .from(transcripts)
      .where(and(eq(transcripts.sermonId, sermonId), eq(transcripts.mediaRevision, sermon.mediaRevision)))
      .orderBy(desc(transcripts.revision))
      .limit(1)
    // What was heard in a recording that was refused is withdrawn: then both have failed.
    const isWithdrawn = sermon.mediaStatus === 'failed' && sermon.transcriptStatus === 'failed'
    const words = isWithdrawn ? [] : (transcript?.words ?? [])
    const found = collectReferences({ ...sermon, words })
    const decisions = await readDecisions(tx, sermonId)
    const decisionOf = ({ start, end }: CollectedReference) => decisions.get(`${start}-${end}`) ?? null
    const rowOf = ({ start, end, isDoubtful: _, ...reference }: CollectedReference) => ({
      ...reference,
      churchId: sermon.churchId,
      sermonId,
      transcriptId: reference.source === 'transcript' ? (transcript?.id ?? null) : null,
      firstVerse: start,
      lastVerse: end,
    })
    await tx.delete(scriptureRefs).where(eq(scriptureRefs.sermonId, sermonId))
    const certain = found.filter((reference) => !reference.isDoubtful || decisionOf(reference) === 'accepted')
    for (const rows of inBatches(certain.map(rowOf))) await tx.insert(scriptureRefs).values(rows)
    await tx.delete(doubtfulReferences).where(eq(doubtfulReferences.sermonId, sermonId))
    const doubtful = found.flatMap((reference) => {
      const { source: _, firstWord, lastWord, ...row } = rowOf(reference)
      if (!reference.isDoubtful || firstWord === null || lastWord === null) return []
      return [{ ...row, firstWord, lastWord, decision: decisionOf(reference) }]
    })
    for (const rows of inBatches(doubtful)) await tx.insert(doubtfulReferences).values(rows)
    await tx.execute(sql`update sermons s set references_of = ${basis} where s.id = ${sermonId}`)
  })
}

/** What was decided on doubtful references of a sermon, by their verses. */
async function readDecisions(
  tx: DatabaseOrTransaction,
  sermonId: string,
): Promise<Map<string, 'accepted' | 'declined'>> {
  const rows = await tx.select().from(doubtfulReferences).where(eq(doubtfulReferences.sermonId, sermonId))
  return new Map(
    rows.flatMap(({ firstVerse, lastVerse, decision }) =>
      decision === null ? [] : [[`${firstVerse}-${lastVerse}`, decision] as const],
    ),
  )
}

function inBatches<Row>(rows: readonly Row[]): Row[][] {
  return Array.from({ length: Math.ceil(rows.length / ROWS_PER_INSERT) }, (_, batch) =>
    rows.slice(batch * ROWS_PER_INSERT, (batch + 1) * ROWS_PER_INSERT),
  )
}

/**
 * Reads the references of sermons with changed details or transcript, and of sermons without stored references.
 * Returns how many sermons were read; more may wait for the next call.
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
