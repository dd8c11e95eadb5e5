import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isRunning, processStart } from '../locks/identify-process.mjs'
import { endLeftoverProcesses, recordProcesses } from './record-processes.ts'

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

test('processes that a killed supervisor left running are ended', async () => {
  const pid = child.pid ?? 0
  const start = processStart(pid) ?? ''
  recordProcesses(folder).add('database', pid)
  expect(await endLeftoverProcesses(folder, 100)).toEqual(['database'])
  expect(isRunning({ pid, start })).toBe(false)
})

test('a record does not change while it is read, and no other file is left next to it', () => {
  const record = recordProcesses(folder)
  record.add('database', child.pid ?? 0)
  const reader = openSync(path.join(folder, 'processes.json'), 'r')
  record.remove(child.pid ?? 0)
  expect(JSON.parse(readFileSync(reader, 'utf8'))).toMatchObject([{ name: 'database' }])
  closeSync(reader)
  expect(readdirSync(folder)).toEqual(['processes.json'])
})

test('another process with a recorded pid is not touched', async () => {
  const pid = child.pid ?? 0
  writeFileSync(path.join(folder, 'processes.json'), JSON.stringify([{ name: 'web', pid, start: 'another' }]))
  expect(await endLeftoverProcesses(folder)).toEqual([])
  expect(processStart(pid)).toBeDefined()
})

test('a missing or damaged record means that no process was left', async () => {
  expect(await endLeftoverProcesses(folder)).toEqual([])
  writeFileSync(path.join(folder, 'processes.json'), '[{"name":')
  expect(await endLeftoverProcesses(folder)).toEqual([])
})
