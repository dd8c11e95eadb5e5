import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { linkOrCopy } from './link-or-copy.ts'

/** A second file system on every Linux; links between it and the temporary folder are impossible. */
const otherDisk = '/dev/shm'

let folder: string
let elsewhere: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'selah-link-'))
  elsewhere = mkdtempSync(path.join(otherDisk, 'selah-link-'))
})
afterEach(() => {
  for (const each of [folder, elsewhere]) rmSync(each, { recursive: true, force: true })
})

const inode = (file: string) => statSync(file).ino

test('a file on the same disk is linked', async () => {
  const from = path.join(folder, 'from')
  const to = path.join(folder, 'to')
  writeFileSync(from, 'sound')
  await linkOrCopy([from], to, path.join(folder, 'temporary'))
  expect(inode(to)).toBe(inode(from))
})

test('a file on another disk is copied with its times, and leaves no temporary file', async () => {
  expect(statSync(folder).dev).not.toBe(statSync(elsewhere).dev)
  const from = path.join(elsewhere, 'from')
  writeFileSync(from, 'sound')
  const longAgo = new Date('2020-01-01T00:00:00Z')
  utimesSync(from, longAgo, longAgo)
  await linkOrCopy([from], path.join(folder, 'to'), path.join(folder, 'temporary'))
  expect(readdirSync(folder)).toEqual(['to'])
  expect(readFileSync(path.join(folder, 'to'), 'utf8')).toBe('sound')
  expect(statSync(path.join(folder, 'to')).mtime).toEqual(longAgo)
})

test('an equal file on this disk is linked before one on another disk is copied', async () => {
  const from = path.join(elsewhere, 'from')
  const equal = path.join(folder, 'equal')
  for (const each of [from, equal]) writeFileSync(each, 'sound')
  const to = path.join(folder, 'to')
  await linkOrCopy([from, equal], to, path.join(folder, 'temporary'))
  expect(inode(to)).toBe(inode(equal))
})

test('a missing file is an error, not an empty copy', async () => {
  const missing = linkOrCopy([path.join(folder, 'none')], path.join(folder, 'to'), path.join(folder, 't'))
  await expect(missing).rejects.toMatchObject({ code: 'ENOENT' })
  expect(readdirSync(folder)).toEqual([])
})
