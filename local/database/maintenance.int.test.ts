import { readdirSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { copyTestDatabase } from '#harness/start-test-database.ts'
import { Engine } from './engine.ts'
import { Maintenance } from './maintenance.ts'
import { prepareDirectory } from './prepare-directory.ts'
import { SessionQueue } from './session-queue.ts'

let directory: string
let dataDirectory: string
let engine: Engine
let queue: SessionQueue

beforeAll(async () => {
  directory = await copyTestDatabase([])
  const prepared = await prepareDirectory(directory, { isDurable: false })
  dataDirectory = prepared.dataDirectory
  engine = await Engine.open({ dataDirectory, fsync: false })
  await prepared.finish()
  queue = new SessionQueue(engine, { idleLimitMs: 15_000, blockingLimitMs: 5_000, statementLimitMs: 600_000 })
})

afterAll(async () => {
  await engine.close()
  await rm(directory, { recursive: true, force: true })
})

function walBytes(): number {
  const folder = join(dataDirectory, 'pg_wal')
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(folder, entry.name)).size, 0)
}

it('removes dead rows, refreshes statistics and keeps the log short, as a Postgres server does', async () => {
  const own = queue.ownClient
  const maintenance = new Maintenance(queue)
  await own.query('create table churn (id int primary key, text text)')
  await own.query("insert into churn select n, repeat('x', 500) from generate_series(1, 20000) n")
  for (let turn = 0; turn < 6; turn += 1) await own.query('update churn set id = id')
  expect(walBytes()).toBeGreaterThan(90 * 1024 * 1024)
  const dead = async (): Promise<number> => {
    const [row] = await own.query("select n_dead_tup from pg_stat_user_tables where relname = 'churn'")
    return Number(row?.[0])
  }
  // Otherwise the statistics of the last update may arrive after the vacuum.
  await own.query('select pg_stat_force_next_flush()')
  expect(await dead()).toBeGreaterThan(50_000)

  await maintenance.run()

  expect(await dead()).toBe(0)
  const [estimate] = await own.query("select reltuples from pg_class where relname = 'churn'")
  expect(Number(estimate?.[0])).toBe(20_000)
  expect(walBytes()).toBeLessThanOrEqual(64 * 1024 * 1024)
})
