import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { events, sermons } from '#lib/db/schema.ts'
import { aCountingEmbedder, filler, model, searchFixtures } from '#test/search-fixtures.ts'
import {
  embedPassages,
  indexPassages,
  listOutdatedSermons,
  planPassages,
  storePassages,
} from './index-passages.ts'
import { queueReindexing } from './queue-reindexing.ts'

let database: TestDatabase
let connection: DatabaseConnection
let fixtures: ReturnType<typeof searchFixtures>
beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
  fixtures = searchFixtures(connection.db)
})
afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

describe('indexPassages', () => {
  it('stores passages that cover the transcript, and does nothing twice', async () => {
    const { db } = connection
    const sermon = await fixtures.aSermon((await fixtures.aChurch()).id, filler('cedar', 40))
    const first = aCountingEmbedder()
    const shares: number[] = []
    const result = await indexPassages(
      { db, embedder: first },
      { sermonId: sermon.id, onProgress: (s) => void shares.push(s) },
    )
    const rows = await fixtures.storedPassages(sermon.id)
    expect(rows).toHaveLength(result.passages)
    expect(rows[0]?.firstWord).toBe(0)
    expect(rows.at(-1)?.lastWord).toBe(40 * 15 - 1)
    expect(rows[0]?.embedding).toHaveLength(384)
    expect(shares.at(-1)).toBe(1)

    const again = aCountingEmbedder()
    await indexPassages({ db, embedder: again }, { sermonId: sermon.id })
    expect(again.asked).toEqual([])
    const after = await fixtures.storedPassages(sermon.id)
    expect(after.map(({ id: _, ...row }) => row)).toEqual(rows.map(({ id: _, ...row }) => row))
  })

  it('keeps one set of passages when two runs index a sermon at the same time', async () => {
    const { db } = connection
    const sermon = await fixtures.aSermon((await fixtures.aChurch()).id, filler('oak', 30))
    const results = await Promise.all(
      [1, 2, 3].map(() => indexPassages({ db, embedder: model }, { sermonId: sermon.id })),
    )
    expect(await fixtures.storedPassages(sermon.id)).toHaveLength(results[0]?.passages ?? -1)
  })

  it('indexes a new transcript and embeds only new passages', async () => {
    const { db } = connection
    const sermon = await fixtures.aSermon((await fixtures.aChurch()).id, filler('pine', 20))
    await indexPassages({ db, embedder: model }, { sermonId: sermon.id })
    await fixtures.aTranscript(sermon, `${filler('pine', 20)} ${filler('willow', 4)}`, 2)
    const embedder = aCountingEmbedder()
    await indexPassages({ db, embedder }, { sermonId: sermon.id })
    const rows = await fixtures.storedPassages(sermon.id)
    expect(new Set(rows.map((row) => row.transcriptId)).size).toBe(1)
    expect(rows.at(-1)?.text).toContain('willow')
    expect(embedder.asked.length).toBeLessThan(rows.length)
  })

  it('refuses to store passages of a transcript that was replaced in the meantime', async () => {
    const { db } = connection
    const sermon = await fixtures.aSermon((await fixtures.aChurch()).id, filler('elm', 8))
    const plan = await planPassages({ db }, { sermonId: sermon.id })
    const vectors = await embedPassages({ db, embedder: model }, { plan })
    await fixtures.aTranscript(sermon, filler('ash', 8), 2)
    await expect(storePassages({ db, embedder: model }, { plan, vectors })).rejects.toMatchObject({
      reason: 'index.transcript_replaced',
    })
    expect(await fixtures.storedPassages(sermon.id)).toEqual([])
  })

  it('refuses a sermon without a transcript', async () => {
    await expect(
      indexPassages({ db: connection.db, embedder: model }, { sermonId: randomUUID() }),
    ).rejects.toMatchObject({ code: 'conflict', reason: 'index.no_transcript' })
  })

  it('lists the sermons that another embedder indexed', async () => {
    const { db } = connection
    const sermon = await fixtures.aSermon((await fixtures.aChurch()).id, filler('birch', 8))
    await indexPassages({ db, embedder: aCountingEmbedder('older') }, { sermonId: sermon.id })
    const list = () => listOutdatedSermons({ db, embedder: model }, { limit: 100 })
    expect((await list()).map((row) => row.sermonId)).toContain(sermon.id)
    await indexPassages({ db, embedder: model }, { sermonId: sermon.id })
    expect((await list()).map((row) => row.sermonId)).not.toContain(sermon.id)
  })
})

describe('queueReindexing', () => {
  it('queues each sermon once that is ready and was indexed by another embedder, and no other', async () => {
    const { db } = connection
    const { id: churchId } = await fixtures.aChurch()
    const older = await fixtures.aSermon(churchId, filler('cedar', 8), { indexStatus: 'ready' })
    const busy = await fixtures.aSermon(churchId, filler('alder', 8), { indexStatus: 'running' })
    const current = await fixtures.aSermon(churchId, filler('maple', 8), { indexStatus: 'ready' })
    for (const { id } of [older, busy]) {
      await indexPassages({ db, embedder: aCountingEmbedder('older') }, { sermonId: id })
    }
    await indexPassages({ db, embedder: model }, { sermonId: current.id })

    const since = new Date()
    const queue = () => queueReindexing({ db, embedder: model }, { since })
    await queue()
    expect(await queue()).toBe(0)
    const requested = await db.select().from(events).where(eq(events.churchId, churchId))
    expect(requested.map(({ type, sermonId }) => ({ type, sermonId }))).toEqual([
      { type: 'sermon.reindex', sermonId: older.id },
    ])

    await db.update(sermons).set({ indexStatus: 'ready' }).where(eq(sermons.id, busy.id))
    expect(await queue()).toBe(1)
  })
})
