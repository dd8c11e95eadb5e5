import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openLog } from './write-log.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'selah-log-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('lines survive reopening, and old files are removed', () => {
  for (let round = 0; round < 4; round += 1) {
    const log = openLog(folder, 'web', 300)
    for (let index = 0; index < 10; index += 1) log.write(`line ${round}.${index}`)
  }
  const files = readdirSync(folder).toSorted()
  expect(files).toEqual(['web.log', 'web.log.1', 'web.log.2'])
  for (const file of files) expect(statSync(path.join(folder, file)).size).toBeLessThanOrEqual(300)
  expect(readFileSync(path.join(folder, 'web.log'), 'utf8')).toMatch(/ line 3\.9\n$/)
})

test('a log file that cannot be written does not stop the service', () => {
  const log = openLog(path.join(folder, 'logs'), 'web')
  rmSync(path.join(folder, 'logs'), { recursive: true })
  log.write('lost')
  expect(log.tail()).toEqual(['lost'])
})

test('the tail contains the last lines', () => {
  const log = openLog(folder, 'web')
  for (let index = 0; index < 30; index += 1) log.write(`line ${index}`)
  expect(log.tail().at(-1)).toBe('line 29')
  expect(log.tail()).toHaveLength(8)
})
