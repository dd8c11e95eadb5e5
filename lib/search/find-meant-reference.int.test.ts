import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { filler, searchFixtures } from '#test/search-fixtures.ts'
import { findMeantReference } from './find-meant-reference.ts'
import { indexPassages } from './index-passages.ts'

let database: TestDatabase
let connection: DatabaseConnection
beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
})
afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

it('offers a book for a misspelled word, unless a speaker has this name or a sermon says it', async () => {
  const { db } = connection
  const meant = (text: string) => findMeantReference({ db }, text)
  expect(await meant('Danyel 3')).toBe('Daniel 3')
  expect(await meant('Joshwa 3')).toBe('Joshua 3')
  const { aChurch, aSermon } = searchFixtures(db)
  const church = await aChurch()
  const sermon = await aSermon(church.id, `${filler('meadow', 12)} Old Danyel sold a cow.`, {
    speaker: 'Joshwa Reed',
  })
  await indexPassages({ db, embedder: null }, { sermonId: sermon.id })
  expect(await meant('Danyel 3')).toBeNull()
  expect(await meant('Joshwa 3')).toBeNull()
  expect(await meant('Romnas 8')).toBe('Romans 8')
})
