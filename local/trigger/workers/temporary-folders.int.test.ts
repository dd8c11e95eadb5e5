import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { configure, tasks } from '@trigger.dev/sdk'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { startTestEngine, type TestEngine } from '#harness/start-test-engine.ts'

import { waitFor } from '../../../test/contract/jobs/wait-for-end.ts'

let database: TestDatabase
let engine: TestEngine
let client: pg.Client

beforeAll(async () => {
  database = await startTestDatabase()
  engine = await startTestEngine({ connectionString: database.connectionString })
  configure({ baseURL: engine.apiUrl, accessToken: engine.secretKey })
  client = new pg.Client({ connectionString: database.connectionString })
  await client.connect()
})

afterAll(async () => {
  await client?.end()
  await engine?.stop()
  await database?.stop()
})

const folders = () => readdir(join(engine.directory, 'temporary'))

/** Writes a file into the folder of every worker, and returns the folders. */
async function fillFolders(): Promise<string[]> {
  const names = await folders()
  for (const name of names) await writeFile(join(engine.directory, 'temporary', name, 'unfinished'), 'ladder')
  return names
}

/** Starts a run that waits, and returns the process id of its worker. */
async function startWaitingRun(): Promise<number> {
  const { id } = await tasks.trigger('patient', {})
  const [attempt] = await waitFor(
    async () => {
      const sql = 'select pid from engine.attempts where run_id = $1 and ended_at is null and pid is not null'
      return (await client.query<{ pid: number }>(sql, [id])).rows
    },
    (rows) => rows.length > 0,
  )
  if (!attempt) throw new Error('No attempt is executing')
  return attempt.pid
}

it('the temporary files of a killed worker are removed, and no files of other workers', async () => {
  const pid = await startWaitingRun()
  const filled = await fillFolders()
  process.kill(pid, 'SIGKILL')
  const left = async () => (await folders()).filter((name) => filled.includes(name))
  await waitFor(left, (names) => names.length < filled.length)
  expect(await left()).toHaveLength(filled.length - 1)
})

it('the temporary files of the workers of a killed engine are removed at the next start', async () => {
  await startWaitingRun()
  const filled = await fillFolders()
  expect(filled).not.toEqual([])
  await engine.kill()
  await engine.restart()
  expect((await folders()).filter((name) => filled.includes(name))).toEqual([])
})
