import { randomUUID } from 'node:crypto'
import type { Database } from '#lib/db/connect-database.ts'
import { churches, deadLetters, sermons } from '#lib/db/schema.ts'

/** Creates a church for one test. */
export async function createChurch(db: Database): Promise<string> {
  const [church] = await db
    .insert(churches)
    .values({ slug: `church-${randomUUID()}`, name: 'A church' })
    .returning()
  if (!church) throw new Error('The church was not stored')
  return church.id
}

/** Creates sermons that have a recording and no result yet; returns their ids. */
export async function createSermons(
  db: Database,
  { churchId, count, ...columns }: { churchId: string; count: number } & Partial<typeof sermons.$inferInsert>,
): Promise<string[]> {
  const rows = Array.from({ length: count }, (_, index) => ({
    mediaRevision: 1,
    mediaStatus: 'failed' as const,
    transcriptStatus: 'failed' as const,
    ...columns,
    churchId,
    slug: `sermon-${randomUUID()}`,
    title: `Sermon ${index + 1}`,
  }))
  const ids: string[] = []
  for (let start = 0; start < rows.length; start += 200) {
    const stored = await db
      .insert(sermons)
      .values(rows.slice(start, start + 200))
      .returning({ id: sermons.id })
    ids.push(...stored.map(({ id }) => id))
  }
  return ids
}

/** Creates open dead letters for a task's runs, one for each sermon; returns their ids in the same order. */
export async function createRunDeadLetters(
  db: Database,
  input: { churchId: string; sermonIds: string[]; type: string; fingerprint: string; createdAt: Date },
): Promise<string[]> {
  const ids: string[] = []
  const { sermonIds, createdAt, ...common } = input
  for (let start = 0; start < sermonIds.length; start += 200) {
    const stored = await db
      .insert(deadLetters)
      .values(
        sermonIds.slice(start, start + 200).map((sermonId, index) => ({
          kind: 'run' as const,
          ...common,
          subject: `run_${sermonId}`,
          sermonId,
          runId: `run_${sermonId}`,
          reason: 'It failed.',
          advice: 'Redrive it.',
          createdAt: new Date(createdAt.getTime() + start + index),
        })),
      )
      .returning({ id: deadLetters.id })
    ids.push(...stored.map(({ id }) => id))
  }
  return ids
}
