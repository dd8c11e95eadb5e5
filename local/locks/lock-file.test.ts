import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { processStart } from './identify-process.mjs'
import { LockedError, takeLock, withLock } from './lock-file.mjs'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'selah-lock-'))
  file = path.join(folder, 'some.lock')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function expectFree() {
  const lock = await takeLock(file)
  lock.release()
  expect(existsSync(file)).toBe(false)
}

test('a lock has one holder at a time, and the error names it', async () => {
  const lock = await takeLock(file)
  await expect(takeLock(file)).rejects.toThrow(LockedError)
  await expect(takeLock(file)).rejects.toMatchObject({ pid: process.pid })
  lock.release()
  await expectFree()
})

test('releasing a lock twice does not release the lock that was taken in between', async () => {
  const first = await takeLock(file)
  first.release()
  const second = await takeLock(file)
  first.release()
  await expect(takeLock(file)).rejects.toThrow(LockedError)
  second.release()
})

test('the lock of a killed process is taken over', async () => {
  const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  const start = processStart(holder.pid ?? 0)
  expect(start).toBeDefined()
  writeFileSync(file, JSON.stringify({ pid: holder.pid, start, host: hostname() }))
  await expect(takeLock(file)).rejects.toMatchObject({ pid: holder.pid })
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  await expectFree()
})

test('another process with the same pid does not count as the holder', async () => {
  writeFileSync(file, JSON.stringify({ pid: process.pid, start: 'long ago', host: hostname() }))
  await expectFree()
})

test('a partly written lock file locks nothing', async () => {
  writeFileSync(file, '{"pid":')
  await expectFree()
})

test('a holder on another machine counts until its heartbeat stops', async () => {
  writeFileSync(file, JSON.stringify({ pid: 1, start: 'x', host: 'another-machine' }))
  await expect(takeLock(file)).rejects.toThrow(LockedError)
  const longAgo = new Date(Date.now() - 60_000)
  utimesSync(file, longAgo, longAgo)
  await expectFree()
})

test('work with a lock waits until the holder has released it, and says once that it waits', async () => {
  const order: string[] = []
  const holding = Promise.withResolvers<void>()
  const first = withLock(file, async () => {
    await holding.promise
    order.push('first')
  })
  const second = withLock(
    file,
    async () => order.push('second'),
    () => {
      order.push('waits')
      holding.resolve()
    },
  )
  await Promise.all([first, second])
  expect(order).toEqual(['waits', 'first', 'second'])
  expect(existsSync(file)).toBe(false)
})

test('a stale lock goes to exactly one of several processes that request it', async () => {
  const program = path.join(folder, 'contender.mjs')
  writeFileSync(
    program,
    `import { takeLock } from ${JSON.stringify(path.join(import.meta.dirname, 'lock-file.mjs'))}
     // Keeps the lock until it is killed.
     process.on('message', async () =>
       process.send(await takeLock(${JSON.stringify(file)}).then(() => 'holder', () => 'refused')))
     process.send('up')`,
  )
  const contenders = Array.from({ length: 6 }, () => fork(program, [], { execArgv: [] }))
  await Promise.all(contenders.map((child) => once(child, 'message')))
  writeFileSync(file, JSON.stringify({ pid: 2 ** 22 + 1, start: 'x', host: hostname(), token: 'stale' }))
  const answers = contenders.map((child) => once(child, 'message'))
  for (const child of contenders) child.send('go')
  const results = (await Promise.all(answers)).map(([message]) => message)
  expect(results.filter((result) => result === 'holder')).toHaveLength(1)
  expect(JSON.parse(readFileSync(file, 'utf8')).token).not.toBe('stale')
  const exits = contenders.map((child) => once(child, 'exit'))
  for (const child of contenders) child.kill('SIGKILL')
  await Promise.all(exits)
})
