import { rm } from 'node:fs/promises'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  copyTestDatabase,
  endProcess,
  type RunningDatabase,
  startDatabase,
} from '#harness/start-test-database.ts'
import { connectDatabase } from '#lib/db/connect-database.ts'

let directory: string
let running: RunningDatabase

beforeAll(async () => {
  directory = await copyTestDatabase([])
  running = await startDatabase(directory)
})

afterAll(async () => {
  await endProcess(running.child, 'SIGKILL')
  await rm(directory, { recursive: true, force: true })
})

it('survives a database that stops during a transaction, and works again after its restart', async () => {
  const { port, connectionString } = running
  const connection = connectDatabase(connectionString)
  const cut = connection.db.transaction(async (tx) => {
    await tx.execute(sql`select 1`)
    // While no query is running, nothing else handles the error of the broken connection.
    await endProcess(running.child, 'SIGKILL')
    await tx.execute(sql`select 1`)
  })
  await expect(cut).rejects.toThrow()

  running = await startDatabase(directory, {
    SELAH_DATABASE_PORT: String(port),
    SELAH_DATABASE_PASSWORD: new URL(connectionString).password,
  })
  expect((await connection.db.execute(sql`select 1 as alive`)).rows).toEqual([{ alive: 1 }])
  await connection.close()
})

it('releases a connection that breaks before its transaction has begun', async () => {
  const { db, pool, close } = connectDatabase(running.connectionString, { maxConnections: 1 })
  pool.once('acquire', (client) => void client.end())
  await expect(db.transaction((tx) => tx.execute(sql`select 1`))).rejects.toThrow()
  expect((await db.execute(sql`select 1 as alive`)).rows).toEqual([{ alive: 1 }])
  await close()
})
