import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isRunning, processStart } from './identify-process.ts'
import { endStragglers, recordProcesses } from './record-processes.ts'

let folder: string
let child: ChildProcess
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'selah-record-'))
  child = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)'], {
    detached: true,
    stdio: 'ignore',
  })
})
afterEach(() => {
  child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

test('what a killed supervisor left running is ended', async () => {
  const pid = child.pid ?? 0
  const start = processStart(pid) ?? ''
  recordProcesses(folder).add('database', pid)
  expect(await endStragglers(folder, 100)).toEqual(['database'])
  expect(isRunning({ pid, start })).toBe(false)
})

test('a record that is being read does not change under its reader, and nothing lies beside it', () => {
  const record = recordProcesses(folder)
  record.add('database', child.pid ?? 0)
  const reader = openSync(path.join(folder, 'processes.json'), 'r')
  record.remove(child.pid ?? 0)
  expect(JSON.parse(readFileSync(reader, 'utf8'))).toMatchObject([{ name: 'database' }])
  closeSync(reader)
  expect(readdirSync(folder)).toEqual(['processes.json'])
})

test('a foreign process with a recorded number is left alone', async () => {
  const pid = child.pid ?? 0
  writeFileSync(path.join(folder, 'processes.json'), JSON.stringify([{ name: 'web', pid, start: 'another' }]))
  expect(await endStragglers(folder)).toEqual([])
  expect(processStart(pid)).toBeDefined()
})

test('a missing or damaged record means that nothing was left', async () => {
  expect(await endStragglers(folder)).toEqual([])
  writeFileSync(path.join(folder, 'processes.json'), '[{"name":')
  expect(await endStragglers(folder)).toEqual([])
})
