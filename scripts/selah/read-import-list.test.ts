import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readImportList } from './read-import-list.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'selah-list-'))
  await mkdir(path.join(dir, 'texts'))
  await writeFile(path.join(dir, 'texts/a.txt'), 'Grace.')
})
afterEach(() => rm(dir, { recursive: true }))

async function read(csv: string | Buffer) {
  const file = path.join(dir, 'index.csv')
  await writeFile(file, csv)
  return readImportList(file, { column: 'file' })
}

test('returns complete paths, and reads what a spreadsheet of Western Europe writes', async () => {
  const rows = await read(Buffer.from('Datei;FILE;speaker\r\n1;texts/a.txt;José Núñez\r\n', 'latin1'))
  expect(rows).toEqual([{ datei: '1', file: path.join(dir, 'texts/a.txt'), speaker: 'José Núñez' }])
})

test.each([
  ['path,name\na.txt,A\n', 'has no column “file”. The columns of its first line are: path, name.'],
  ['file,title\ntexts/a.txt,A\n,B\n,C\n', 'name no file: 3, 4.'],
  ['file\n', 'lists nothing to import.'],
])('says what is wrong with %j', async (csv, problem) => {
  await expect(read(csv)).rejects.toThrow(problem)
})

test('names every file that does not exist before anything is imported', async () => {
  await expect(read('file\ntexts/a.txt\nb.txt\ntexts\n')).rejects.toThrow(
    `lists files that do not exist: ${path.join(dir, 'b.txt')}, ${path.join(dir, 'texts')}.`,
  )
})
