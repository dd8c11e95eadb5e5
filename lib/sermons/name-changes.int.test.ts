import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PlainPostgres, plainServers } from '#harness/start-plain-postgres.ts'
import { allMigrations } from '#harness/start-test-database.ts'
import { applyMigrations } from '#lib/db/apply-migrations.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { createChurch, createSermons } from '#test/job-fixtures.ts'
import { changeCollection, listCollections, mergeCollections } from './collections.ts'
import { deleteCollection } from './delete-collection.ts'
import { findChurchSermon } from './find-sermon.ts'
import { updateSermon } from './update-sermon.ts'

const ROUNDS = 5

// The embedded database has one connection, so that only a server of its own can show two that wait for each other.
describe.each(plainServers)('changes at the same time on $name', ({ start }) => {
  let server: PlainPostgres
  let connection: DatabaseConnection

  beforeAll(async () => {
    server = await start()
    for (const { directory, table } of allMigrations) {
      await applyMigrations({ connectionString: server.connectionString, directory, table })
    }
    connection = connectDatabase(server.connectionString)
  })

  afterAll(async () => {
    await connection?.close()
    await server?.stop()
  })

  it('all succeed: the same new topics for several sermons, merges, descriptions and saves', async () => {
    const { db } = connection
    const churchId = await createChurch(db)
    const actorId = randomUUID()
    const sermonIds = await createSermons(db, { churchId, count: 4 })
    const [first = '', second = ''] = sermonIds
    const save = (sermonId: string, topics: string[]) =>
      updateSermon({ db }, { sermonId, churchId, changes: { topics } })
    for (let round = 0; round < ROUNDS; round += 1) {
      const names = Array.from({ length: 6 }, (_, place) => `Round ${round} topic ${place}`)
      await Promise.all(sermonIds.map((id, place) => save(id, place % 2 ? names : names.toReversed())))
      const [one, other] = (await listCollections({ db }, { kind: 'topic', churchId })).filter(({ name }) =>
        names.includes(name),
      )
      if (!one || !other) throw new Error('The topics were not created.')
      const wanted = { kind: 'topic', churchId, actorId } as const
      await Promise.all([
        save(first, names.toReversed()),
        mergeCollections({ db }, { ...wanted, id: one.id, into: other.id }),
        save(second, names),
        changeCollection({ db }, { ...wanted, id: other.id, description: `Round ${round}` }),
      ])
    }
    const topics = await listCollections({ db }, { kind: 'topic', churchId })
    expect(topics.some(({ description }) => description === `Round ${ROUNDS - 1}`)).toBe(true)
  }, 60_000)
  it('a topic that is deleted in the moment in which a sermon gets it is kept or created again', async () => {
    const { db } = connection
    const churchId = await createChurch(db)
    const wanted = { kind: 'topic', churchId, actorId: randomUUID() } as const
    const [sermonId = ''] = await createSermons(db, { churchId, count: 1 })
    const save = (topics: string[]) => updateSermon({ db }, { sermonId, churchId, changes: { topics } })
    for (let round = 0; round < ROUNDS * 4; round += 1) {
      await save(['Hope'])
      const [{ id } = { id: '' }] = await listCollections({ db }, wanted)
      await changeCollection({ db }, { ...wanted, id, description: `Round ${round}` })
      await save([])
      const [saved, deleted] = await Promise.allSettled([
        save(['Hope']),
        deleteCollection({ db }, { ...wanted, id }),
      ])
      expect(saved.status).toBe('fulfilled')
      if (deleted.status === 'rejected') expect(deleted.reason).toMatchObject({ code: 'conflict' })
      const { topics } = await findChurchSermon({ db }, { id: sermonId, churchId })
      expect(topics.map(({ name }) => name)).toEqual(['Hope'])
    }
  }, 60_000)
})
