import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type Database, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { profiles } from '#lib/db/schema.ts'
import { correctTranscript } from '#lib/sermons/correct-transcript.ts'
import { createTextSermon } from '#lib/sermons/create-text-sermon.ts'
import { createChurch } from '#test/job-fixtures.ts'
import { decideTerm, readChurchTerms, setChurchTerms } from './church-terms.ts'
import { churchTermsSchema } from './church-terms-input.ts'

let database: TestDatabase
let connection: DatabaseConnection
let db: Database
let churchId: string
let actorId: string

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
  db = connection.db
})

afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

beforeEach(async () => {
  churchId = await createChurch(db)
  actorId = randomUUID()
  await db.insert(profiles).values({ id: actorId, email: `${actorId}@example.org`, displayName: 'Ruth' })
})

async function correctName(): Promise<void> {
  const text = 'Then mel kissed a deck was the king of Salem. He brought bread and wine.'
  const { sermonId } = await createTextSermon(
    { db },
    { churchId, createdBy: null, title: 'A priest', text, publish: true },
  )
  await correctTranscript(
    { db, now: () => new Date() },
    { sermonId, churchId, actorId },
    { revision: 1, edits: [{ from: 1, to: 4, text: 'Melchizedek' }] },
  )
}

const read = (id = churchId) => readChurchTerms({ db }, { churchId: id })

test('a name that was corrected is learned by its church only, until it is kept or declined', async () => {
  await correctName()
  expect(await read()).toEqual({ used: [], learned: ['Melchizedek'] })
  expect(await read(await createChurch(db))).toEqual({ used: [], learned: [] })
  await decideTerm({ db }, { churchId, term: 'Melchizedek', status: 'declined' })
  expect(await read()).toEqual({ used: [], learned: [] })
  await decideTerm({ db }, { churchId, term: 'melchizedek', status: 'used' })
  expect(await read()).toEqual({ used: ['melchizedek'], learned: [] })
})

test('a saved list replaces the one before, and takes terms that were declined', async () => {
  await decideTerm({ db }, { churchId, term: 'Selah', status: 'declined' })
  await setChurchTerms(
    { db },
    { churchId, actorId, terms: churchTermsSchema.parse('Habakkuk\n\n  Selah  Chapel \nSELAH') },
  )
  expect((await read()).used).toEqual(['Habakkuk', 'SELAH', 'Selah Chapel'])
  await setChurchTerms({ db }, { churchId, actorId, terms: [] })
  expect((await read()).used).toEqual([])
})

test('a list that no service takes is refused with a sentence', () => {
  const many = Array.from({ length: 101 }, (_, at) => `Name${at}`).join('\n')
  for (const text of [many, 'x'.repeat(61)]) {
    expect(churchTermsSchema.safeParse(text).error?.issues[0]?.message).toMatch(/at most/)
  }
})
