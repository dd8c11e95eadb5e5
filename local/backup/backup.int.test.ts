import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { appendFile, cp, mkdir, mkdtemp, readdir, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Pool } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  copyTestDatabase,
  endProcess,
  type RunningDatabase,
  startDatabase,
} from '#harness/start-test-database.ts'
import { listBackups } from './backup-manifest.ts'
import { createBackup } from './create-backup.ts'
import { restoreBackup } from './restore-backup.ts'

let folder: string
let dataDir: string
let running: RunningDatabase
let pool: Pool

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'selah-backup-'))
  dataDir = path.join(folder, 'data')
  await mkdir(path.join(dataDir, 'storage/objects'), { recursive: true })
  await rename(await copyTestDatabase(), path.join(dataDir, 'database')).catch(async () => {
    await cp(await copyTestDatabase(), path.join(dataDir, 'database'), { recursive: true })
  })
  await writeFile(path.join(dataDir, 'secrets.json'), '{"secret":"of this installation"}\n')
  running = await startDatabase(path.join(dataDir, 'database'))
  pool = new Pool({ connectionString: running.connectionString, max: 4 })
  pool.on('error', () => undefined)
  await pool.query(`insert into storage.buckets (id, name) values ('media', 'media')`)
  await pool.query('create table totals (count int not null)')
  await pool.query('insert into totals values (0)')
})

afterAll(async () => {
  await pool.end()
  await endProcess(running.child, 'SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

/** Stores a file in the order of storage: the complete file first, then its row. */
async function storeObject(name: string): Promise<void> {
  const version = randomUUID()
  const place = path.join(dataDir, 'storage/objects', version.slice(0, 2), version)
  await mkdir(path.dirname(place), { recursive: true })
  await writeFile(place, name)
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(
      `insert into storage.objects (bucket_id, name, version, metadata) values ('media', $1, $2, $3)`,
      [name, version, { size: name.length }],
    )
    await client.query('update totals set count = count + 1')
    await client.query('commit')
  } finally {
    client.release()
  }
}

/** Removes a file in the order of storage: its row first, then the file. */
async function removeObject(name: string): Promise<void> {
  const { rows } = await pool.query<{ version: string }>(
    'with removed as (delete from storage.objects where name = $1 returning version), counted as (update totals set count = count - 1) select version from removed',
    [name],
  )
  for (const { version } of rows) {
    await rm(path.join(dataDir, 'storage/objects', version.slice(0, 2), version))
  }
}

async function readRestored(backup: string): Promise<{ names: string[]; count: number; missing: string[] }> {
  const into = path.join(folder, `restored-${randomUUID()}`)
  await mkdir(into)
  await restoreBackup({ backup, into })
  expect(existsSync(path.join(into, 'secrets.json'))).toBe(true)
  const restored = await startDatabase(path.join(into, 'database'))
  const restoredPool = new Pool({ connectionString: restored.connectionString, max: 1 })
  try {
    const { rows } = await restoredPool.query<{ name: string; version: string }>(
      'select name, version from storage.objects',
    )
    const total = await restoredPool.query<{ count: number }>('select count from totals')
    const place = (version: string) => path.join(into, 'storage/objects', version.slice(0, 2), version)
    return {
      names: rows.map(({ name }) => name),
      count: total.rows[0]?.count ?? -1,
      missing: rows.filter(({ version }) => !existsSync(place(version))).map(({ name }) => name),
    }
  } finally {
    await restoredPool.end()
    await endProcess(restored.child, 'SIGKILL')
    await rm(into, { recursive: true, force: true })
  }
}

const backUp = (to: string) =>
  createBackup(
    { dataDir, databaseUrl: running.connectionString, environment: { DEEPGRAM_API_KEY: 'k' } },
    { to, reason: 'requested' },
  )

test('a backup made during writes contains everything stored before it, and nothing incomplete', async () => {
  const stored = new Set<string>()
  const stop = new AbortController()
  let next = 0
  const writing = Array.from({ length: 3 }, async (_, writer) => {
    while (!stop.signal.aborted) {
      const name = `${writer}-${next++}`
      await storeObject(name)
      stored.add(name)
      // Other files are removed during the backup.
      const old = `${writer}-temporary-${next++}`
      await storeObject(old)
      await removeObject(old)
    }
  })
  await expect.poll(() => stored.size).toBeGreaterThan(10)
  const before = [...stored]
  const { path: backup } = await backUp(path.join(folder, 'while-writing')).finally(() => stop.abort())
  stop.abort()
  await Promise.all(writing)

  const restored = await readRestored(backup)
  expect(before.filter((name) => !restored.names.includes(name))).toEqual([])
  expect(restored.count).toBe(restored.names.length)
  expect(restored.missing).toEqual([])
  expect(stored.size).toBeGreaterThan(before.length)
})

test('a restore refuses a killed backup, and the next backup succeeds', async () => {
  const to = path.join(folder, 'killed')
  const seen = new Set<string>()
  for (const stage of ['database', 'manifest.json', 'scratch-']) {
    const child = startChild(to)
    await waitForStage(to, stage, child)
    await endProcess(child, 'SIGKILL')
    for (const name of await readdir(to)) {
      if (name.startsWith('owner.lock')) continue
      seen.add(stage)
      expect(name).toMatch(/^\.partial-/)
      const into = path.join(folder, `refused-${randomUUID()}`)
      await mkdir(into)
      await expect(restoreBackup({ backup: path.join(to, name), into })).rejects.toThrow(
        'not a complete backup',
      )
      expect(await readdir(into)).toEqual([])
    }
    expect(await listBackups(to)).toEqual([])
  }
  expect(seen.size).toBe(3)

  const { path: backup } = await backUp(to)
  expect((await readdir(to)).filter((name) => name !== 'owner.lock')).toEqual([path.basename(backup)])
  expect((await readRestored(backup)).missing).toEqual([])
})

test('a restore refuses a damaged backup and a folder in use, and changes neither', async () => {
  const [{ path: backup } = { path: '' }] = await listBackups(path.join(folder, 'killed'))
  const into = path.join(folder, 'occupied')
  await mkdir(into)
  await writeFile(path.join(into, 'something'), 'of a person')
  await expect(restoreBackup({ backup, into })).rejects.toThrow('is not empty')
  expect(await readdir(into)).toEqual(['something'])

  const empty = path.join(folder, 'empty')
  await mkdir(empty)
  await appendFile(path.join(backup, 'database/pgdata/PG_VERSION'), '0')
  await expect(restoreBackup({ backup, into: empty })).rejects.toThrow('is damaged')
  await rm(path.join(backup, 'database/pgdata/PG_VERSION'))
  await expect(restoreBackup({ backup, into: empty })).rejects.toThrow('is damaged')
  await truncate(path.join(backup, 'manifest.json'), 100)
  await expect(restoreBackup({ backup, into: empty })).rejects.toThrow('not a complete backup')
  expect(await readdir(empty)).toEqual([])
})

test('an interrupted restore can be repeated', async () => {
  const [{ path: backup } = { path: '' }] = await listBackups(path.join(folder, 'while-writing'))
  const into = path.join(folder, 'interrupted')
  await mkdir(path.join(into, '.restoring/storage'), { recursive: true })
  await writeFile(path.join(into, 'secrets.json'), 'of the interrupted restore')
  const { neededVariables } = await restoreBackup({ backup, into })
  expect(neededVariables).toEqual(['DEEPGRAM_API_KEY'])
  expect((await readdir(into)).sort()).toEqual(['.restored', 'database', 'secrets.json', 'storage'])
})

function startChild(to: string): ChildProcess {
  return fork(
    path.resolve(import.meta.dirname, 'main.ts'),
    ['--to', to, '--reason', 'requested', '--keep', '7'],
    {
      execArgv: [],
      stdio: 'ignore',
      env: { ...process.env, SELAH_DATA_DIR: dataDir, DATABASE_URL: running.connectionString },
    },
  )
}

/** Resolves when the backup has started to write the file or folder with this name. */
async function waitForStage(to: string, stage: string, child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit').then(() => {
    throw new Error(`The backup ended before it wrote ${stage}`)
  })
  exited.catch(() => undefined)
  const reached = async () => {
    for (;;) {
      const names = await readdir(to, { recursive: true }).catch(() => [])
      if (names.some((name) => name.split('/')[1]?.startsWith(stage))) return
    }
  }
  await Promise.race([reached(), exited])
}
