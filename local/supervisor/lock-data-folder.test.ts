import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { processStart } from '../locks/identify-process.mjs'
import { lockDataFolder } from './lock-data-folder.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'selah-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function lockAndUnlock(dataDir: string) {
  const unlock = await lockDataFolder(dataDir)
  unlock()
}

test('a folder in use is refused, and is free after unlocking', async () => {
  const unlock = await lockDataFolder(folder)
  await expect(lockDataFolder(folder)).rejects.toThrow(/already running on the data folder/)
  unlock()
  await lockAndUnlock(folder)
})

test('an earlier version of Selah that is still running keeps the folder', async () => {
  const holder = { pid: process.pid, start: processStart(process.pid), host: hostname() }
  writeFileSync(path.join(folder, 'supervisor.lock'), JSON.stringify(holder))
  await expect(lockDataFolder(folder)).rejects.toThrow(new RegExp(`process ${process.pid}`))
})

test('a missing data folder is created, readable by its owner only', async () => {
  const created = path.join(folder, 'new')
  await lockAndUnlock(created)
  expect(statSync(created).mode & 0o777).toBe(0o700)
})

test('a folder that cannot be created is refused with the reason', async () => {
  writeFileSync(path.join(folder, 'file'), '')
  await expect(lockDataFolder(path.join(folder, 'file'))).rejects.toThrow(
    /cannot be used: a file has that name/,
  )
  await expect(lockDataFolder(path.join(folder, 'file/below'))).rejects.toThrow(
    /a part of its path is a file/,
  )
})
