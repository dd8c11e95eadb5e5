import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
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
import { acquireOwnerLock, DatabaseInUseError } from './owner-lock.ts'

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

it('does not take a new process with the same number for the owner', async () => {
  writeFileSync(
    join(directory, 'owner.lock'),
    JSON.stringify({ pid: process.pid, started: 'at another time', token: 'stale' }),
  )
  const lock = await acquireOwnerLock(directory)
  await expect(acquireOwnerLock(directory)).rejects.toThrow(DatabaseInUseError)
  lock.release()
})

it('gives a stale lock to exactly one of several processes that request it', async () => {
  const program = `
    import { acquireOwnerLock } from ${JSON.stringify(join(import.meta.dirname, 'owner-lock.ts'))}
    // Keeps the lock until it is killed.
    process.on('message', async () => {
      const result = await acquireOwnerLock(${JSON.stringify(directory)}).then(() => 'owner', () => 'refused')
      process.send(result)
    })
    process.send('up')`
  const path = join(directory, 'contender.mjs')
  writeFileSync(path, program)
  const contenders = Array.from({ length: 6 }, () => fork(path, [], { execArgv: [] }))
  await Promise.all(contenders.map((child) => once(child, 'message')))
  writeFileSync(
    join(directory, 'owner.lock'),
    JSON.stringify({ pid: 2 ** 22 + 1, started: 'x', token: 'stale' }),
  )
  const answers = contenders.map((child) => once(child, 'message'))
  for (const child of contenders) child.send('go')
  const results = (await Promise.all(answers)).map(([message]) => message)
  expect(results.filter((result) => result === 'owner')).toHaveLength(1)
  expect(JSON.parse(readFileSync(join(directory, 'owner.lock'), 'utf8')).token).not.toBe('stale')
  await Promise.all(contenders.map((child) => endProcess(child, 'SIGKILL')))
})
