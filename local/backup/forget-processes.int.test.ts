import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { type Database, openDatabase } from '../trigger/database/open-database.ts'
import { becomeHost } from '../trigger/hosts/become-host.ts'
import { forgetProcesses } from './forget-processes.ts'
import { restoredName } from './restore-marks.ts'

const log = () => {}

let database: TestDatabase
let connection: Database
let dataDir: string

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'selah-restored-'))
  database = await startTestDatabase()
  connection = openDatabase({ connectionString: database.connectionString, maxConnections: 1, log })
})

afterAll(async () => {
  await connection?.close()
  await database?.stop()
  await rm(dataDir, { recursive: true, force: true })
})

test('a restored copy starts beside the installation that was backed up, but any other second engine is refused', async () => {
  // This process and its parent stand for the engines of the two installations.
  const host = (id: string, pid: number) => ({ id, pid, now: () => new Date(), log })
  const original = await becomeHost(connection, host('original', process.ppid))
  const forget = () => forgetProcesses({ dataDir, databaseUrl: database.connectionString })

  await forget()
  await expect(becomeHost(connection, host('second', process.pid))).rejects.toThrow('Another job engine')

  await writeFile(path.join(dataDir, restoredName), '')
  await forget()
  const restored = await becomeHost(connection, host('restored', process.pid))
  expect(existsSync(path.join(dataDir, restoredName))).toBe(false)
  await restored.stop()
  await original.stop()
})
