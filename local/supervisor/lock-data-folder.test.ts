import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { processStart } from './identify-process.ts'
import { lockDataFolder } from './lock-data-folder.ts'

let folder: string
let lock: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'selah-lock-'))
  lock = path.join(folder, 'supervisor.lock')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a folder in use is refused, and is free after unlocking', () => {
  const unlock = lockDataFolder(folder)
  expect(() => lockDataFolder(folder)).toThrow(/already running on the data folder/)
  unlock()
  lockDataFolder(folder)()
})

test('a missing data folder is created, readable by its owner only', () => {
  const created = path.join(folder, 'new')
  lockDataFolder(created)()
  expect(statSync(created).mode & 0o777).toBe(0o700)
})

test('a folder that cannot be created is refused with the reason', () => {
  writeFileSync(path.join(folder, 'file'), '')
  expect(() => lockDataFolder(path.join(folder, 'file'))).toThrow(/cannot be used: a file has that name/)
  expect(() => lockDataFolder(path.join(folder, 'file/below'))).toThrow(/a part of its path is a file/)
})

test('the lock of a killed process is taken over', async () => {
  const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  const start = processStart(holder.pid ?? 0)
  expect(start).toBeDefined()
  writeFileSync(lock, JSON.stringify({ pid: holder.pid, start, host: hostname() }))
  expect(() => lockDataFolder(folder)).toThrow(/already running/)
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  lockDataFolder(folder)()
})

test('another process with the same pid does not count as the holder', () => {
  writeFileSync(lock, JSON.stringify({ pid: process.pid, start: 'long ago', host: hostname() }))
  lockDataFolder(folder)()
})

test('a partly written lock file does not lock the folder', () => {
  writeFileSync(lock, '{"pid":')
  lockDataFolder(folder)()
})

test('a holder on another machine counts until its heartbeat stops', () => {
  writeFileSync(lock, JSON.stringify({ pid: 1, start: 'x', host: 'another-machine' }))
  expect(() => lockDataFolder(folder)).toThrow(/already running/)
  const longAgo = new Date(Date.now() - 60_000)
  utimesSync(lock, longAgo, longAgo)
  lockDataFolder(folder)()
})
