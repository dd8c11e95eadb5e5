import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  copyTestDatabase,
  endProcess,
  type RunningDatabase,
  startDatabase,
} from '#harness/start-test-database.ts'

let directory: string
const running: RunningDatabase[] = []

beforeEach(async () => {
  directory = await copyTestDatabase([])
})

afterEach(async () => {
  await Promise.all(running.splice(0).map(({ child }) => endProcess(child, 'SIGKILL')))
  await rm(directory, { recursive: true, force: true })
})

async function start(): Promise<RunningDatabase> {
  const started = await startDatabase(directory)
  running.push(started)
  return started
}

it('refuses a second owner and names the first, and takes over when the first was killed', async () => {
  const first = await start()
  const second = await startDatabase(directory).catch((error: unknown) => error)
  expect(String(second)).toContain(`already in use by process ${first.child.pid}`)
  const client = new Client({ connectionString: first.connectionString })
  client.on('error', () => undefined)
  await client.connect()
  await client.query('create table kept (id int); insert into kept values (1)')

  await endProcess(first.child, 'SIGKILL')
  expect(existsSync(join(directory, 'owner.lock'))).toBe(true)
  const third = await start()
  const again = new Client({ connectionString: third.connectionString })
  await again.connect()
  expect((await again.query('select id from kept')).rows).toEqual([{ id: 1 }])
  await again.end()

  await endProcess(third.child, 'SIGTERM')
  expect(third.child.exitCode).toBe(0)
  expect(existsSync(join(directory, 'owner.lock'))).toBe(false)
})

it('ends when its parent has ended, and removes its lock', async () => {
  const { child } = await start()
  const exited = once(child, 'exit')
  child.disconnect()
  expect(await exited).toEqual([0, null])
  expect(existsSync(join(directory, 'owner.lock'))).toBe(false)
})
