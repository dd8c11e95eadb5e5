import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { prepareDirectory } from './prepare-directory.ts'

let directory: string
let synced: string[]
const sync = async (target: string) => void synced.push(path.relative(directory, target))

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'selah-prepare-'))
  synced = []
})
afterEach(() => rm(directory, { recursive: true }))

/** A first start that creates some files and finishes. */
async function create(): Promise<{ close(): Promise<void> }> {
  const prepared = await prepareDirectory(directory, { isDurable: true, sync })
  await mkdir(path.join(prepared.dataDirectory, 'base/1'), { recursive: true })
  await writeFile(path.join(prepared.dataDirectory, 'base/1/1247'), 'rows')
  await prepared.finish()
  return prepared
}

const everything = async () => [
  'pgdata',
  ...(await readdir(path.join(directory, 'pgdata'), { recursive: true })).map((name) => `pgdata/${name}`),
]

it('syncs every file and folder, including those made by recovery, when the database was not closed', async () => {
  await create()
  const again = await prepareDirectory(directory, { isDurable: true, sync })
  await writeFile(path.join(again.dataDirectory, 'base/1/2600'), 'made by recovery')
  synced = []
  await again.finish()
  expect(synced.sort()).toEqual((await everything()).sort())
  expect(synced).toContain('pgdata/base/1/2600')

  // The same happens after the next kill.
  const third = await prepareDirectory(directory, { isDurable: true, sync })
  synced = []
  await third.finish()
  expect(synced.length).toBeGreaterThan(0)
})

it('syncs nothing after the database was closed', async () => {
  const first = await create()
  await first.close()
  const again = await prepareDirectory(directory, { isDurable: true, sync })
  synced = []
  await again.finish()
  expect(synced).toEqual([])
})

it('removes the files of a first start that was killed while it created them', async () => {
  const prepared = await prepareDirectory(directory, { isDurable: true, sync })
  await writeFile(path.join(prepared.dataDirectory, 'half'), '')
  await prepareDirectory(directory, { isDurable: true, sync })
  expect(await readdir(path.join(directory, 'pgdata'))).toEqual([])
})
