import { randomUUID } from 'node:crypto'
import type { Database } from '#lib/db/connect-database.ts'
import { churches, deadLetters, mediaAssets, sermons } from '#lib/db/schema.ts'

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

/** Creates a published sermon of a minute that is completely processed from its first recording, without its files. */
export async function createProcessedSermon(
  db: Database,
  { churchId }: { churchId: string },
): Promise<string> {
  const sermonId = randomUUID()
  await db.insert(sermons).values({
    id: sermonId,
    churchId,
    slug: `sermon-${sermonId}`,
    title: 'The light',
    publication: 'published',
    mediaRevision: 1,
    mediaStatus: 'ready',
    transcriptStatus: 'ready',
    transcriptRevision: 1,
    indexStatus: 'ready',
    durationMs: 60_000,
  })
  const common = {
    churchId,
    sermonId,
    revision: 1,
    bucket: 'media' as const,
    contentType: 'audio/mp4',
    sizeBytes: 1,
  }
  const folder = `${churchId}/${sermonId}/1`
  const range = { offset: 0, sizeBytes: 1 }
  await db.insert(mediaAssets).values([
    {
      ...common,
      kind: 'original',
      bucket: 'originals',
      path: `${folder}/${randomUUID()}`,
      uploadedAt: new Date(),
    },
    {
      ...common,
      kind: 'rendition',
      name: '48k',
      path: `${folder}/48k.mp4`,
      details: {
        order: 0,
        bitrateBps: 48_000,
        channels: 1,
        bandwidthBps: 50_000,
        averageBandwidthBps: 50_000,
        playlist: { targetDurationSeconds: 6, init: range, segments: [{ ...range, durationSeconds: 6 }] },
      },
    },
    { ...common, kind: 'download', path: `${folder}/download.m4a` },
    { ...common, kind: 'waveform', path: `${folder}/waveform`, details: { peaks: [1], silences: [] } },
  ])
  return sermonId
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
