import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signIn } from '#lib/auth/sign-in.ts'
import { auditLog, churches, events, sermons, transcripts } from '#lib/db/schema.ts'
import { createTextSermon } from '#lib/sermons/create-text-sermon.ts'
import { ensureBuckets } from '#lib/storage/ensure-buckets.ts'
import { listObjects } from '#lib/storage/list-objects.ts'
import { createChurch } from '#test/job-fixtures.ts'
import { type Accounts, accountPassword as password, startAccounts } from '#test/start-accounts.ts'
import { exportArchive } from '../scripts/archive/export-archive.ts'
import { importArchive } from '../scripts/archive/import-archive.ts'

/*
 * An installation is moved to another one through the protocols of the hosted services alone: Postgres, Auth and
 * Storage. Both are embedded here.
 */

const root = path.resolve(import.meta.dirname, '..')
const objectCount = 60

let source: Accounts
let target: Accounts
let folder: string
let archive: string
let owner: { userId: string; email: string; churchId: string }
let sermonId: string

beforeAll(async () => {
  source = await startAccounts()
  target = await startAccounts()
  folder = await mkdtemp(path.join(tmpdir(), 'selah-archive-'))
  archive = path.join(folder, 'archive')
  const { services } = source
  owner = await source.createAccount(await createChurch(services.db), 'owner')
  const text = 'In the beginning was the Word, and the Word was with God. It’s “quoted”\\n, too.'
  const { churchId } = owner
  sermonId = (
    await createTextSermon(services, {
      churchId,
      createdBy: owner.userId,
      title: 'John 1',
      text,
      publish: true,
    })
  ).sermonId
  await ensureBuckets(services)
  for (let index = 0; index < objectCount; index += 1) {
    const { error } = await services.storage.client
      .from(index % 2 === 0 ? 'originals' : 'media')
      .upload(`${churchId}/${sermonId}/file ${index}.bin`, contentsOf(index), { contentType: 'audio/mpeg' })
    if (error) throw error
  }
})

afterAll(async () => {
  await source?.stop()
  await target?.stop()
  await rm(folder, { recursive: true, force: true })
})

const contentsOf = (index: number) => Buffer.alloc(20_000 + index, index)

/** Starts the command that imports the archive into the target, as a person does. */
function startImport(): ChildProcess {
  const { DATABASE_URL, SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, SUPABASE_SECRET_KEY } = target.services.env
  return spawn(process.execPath, [path.join(root, 'scripts/selah.ts'), 'import-archive', archive, '--json'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      NODE_ENV: 'production',
      PATH: process.env.PATH,
      SELAH_DATA_DIR: path.join(folder, 'nothing here'),
      DATABASE_URL,
      SUPABASE_URL,
      SUPABASE_PUBLISHABLE_KEY,
      SUPABASE_SECRET_KEY,
    },
  })
}

const countStored = async () => {
  const { rows } = await target.services.db.execute<{ count: number }>(
    sql`select count(*)::int as count from storage.objects`,
  )
  return rows[0]?.count ?? 0
}

async function emptyStorage(): Promise<void> {
  const { storage } = target.services
  for (const bucket of ['originals', 'media'] as const) {
    const paths = (await listObjects({ storage }, { bucket })).map((object) => object.path)
    if (paths.length > 0) await storage.client.from(bucket).remove(paths)
  }
}

test('an export of an installation in use describes one moment, and can be continued', async () => {
  const { services } = source
  const first = await exportArchive(services, { folder: archive })
  expect(first).toMatchObject({ isComplete: true, users: 1 })
  await services.db.update(sermons).set({ title: 'John 1, corrected' }).where(eq(sermons.id, sermonId))
  const second = await exportArchive(services, { folder: archive })
  expect(second.id).toBe(first.id)
  expect(second.objects).toHaveLength(objectCount)
  const changed = second.tables.filter(({ sha256 }, at) => sha256 !== first.tables[at]?.sha256)
  expect(changed.map(({ name }) => name)).toEqual(['sermons'])
})

test('a damaged archive is refused, and nothing is imported', async () => {
  const damaged = path.join(folder, 'damaged')
  await cp(archive, damaged, { recursive: true })
  const file = path.join(damaged, 'tables/sermons.jsonl')
  await writeFile(file, (await readFile(file, 'utf8')).replace('corrected', 'forged'))
  await expect(importArchive(target.services, { folder: damaged })).rejects.toThrow('Nothing was imported')
  expect(await target.services.db.$count(churches)).toBe(0)

  await rm(damaged, { recursive: true })
  await cp(archive, damaged, { recursive: true })
  const [name = ''] = await readdir(path.join(damaged, 'objects'))
  await appendFile(path.join(damaged, 'objects', name), 'x')
  await emptyStorage()
  await expect(importArchive(target.services, { folder: damaged })).rejects.toThrow('The archive is damaged')
  await emptyStorage()
})

test.each([
  ['is cut', () => ''],
  ['was changed', (text: string) => text.replace(owner.email, 'thief@example.org')],
])('an archive whose file of accounts %s is refused, and no account is created', async (_, damage) => {
  const damaged = path.join(folder, 'damaged accounts')
  await cp(archive, damaged, { recursive: true })
  const file = path.join(damaged, 'users.jsonl')
  await writeFile(file, damage(await readFile(file, 'utf8')))
  const emails = async () =>
    (await target.services.supabase.auth.admin.listUsers()).data.users.map(({ email }) => email)
  const before = await emails()
  await expect(importArchive(target.services, { folder: damaged })).rejects.toThrow('users.jsonl differs')
  expect(await emails()).toEqual(before)
  await rm(damaged, { recursive: true })
  await emptyStorage()
})

test('an import that was killed is started again, and everything agrees', async () => {
  const { db, storage } = target.services
  const killed = startImport()
  const ended = once(killed, 'exit')
  await expect.poll(countStored, { interval: 5 }).toBeGreaterThan(3)
  killed.kill('SIGKILL')
  expect(await ended).toEqual([null, 'SIGKILL'])
  expect(await db.$count(churches)).toBe(0)

  const again = startImport()
  let printed = ''
  again.stdout?.on('data', (chunk: Buffer) => {
    printed += chunk.toString()
  })
  expect(await once(again, 'close')).toEqual([0, null])
  const report = JSON.parse(printed)
  expect(report).toMatchObject({ users: 1, objects: objectCount })
  expect(report.objectsFoundThere).toBeGreaterThan(3)

  const [moved] = await db.select().from(sermons).where(eq(sermons.id, sermonId))
  const [original] = await source.services.db.select().from(sermons).where(eq(sermons.id, sermonId))
  expect(moved).toEqual(original)
  const textsOf = ({ services }: Accounts) => services.db.select().from(transcripts)
  expect(await textsOf(target)).toEqual(await textsOf(source))
  for (const bucket of ['originals', 'media'] as const) {
    for (const object of await listObjects({ storage }, { bucket })) {
      const { data } = await storage.client.from(bucket).download(object.path)
      const index = Number(/file (\d+)/.exec(object.path)?.[1])
      expect(
        Buffer.from(await (data ?? new Blob()).arrayBuffer()).equals(contentsOf(index)),
        object.path,
      ).toBe(true)
    }
  }
  await signIn({ session: target.openBrowser().session() }, { email: owner.email, password })
  // New events continue the sequence.
  const [last] = await db.select().from(events)
  const { churchId } = owner
  await createTextSermon(target.services, {
    churchId,
    createdBy: null,
    title: 'Next',
    text: 'Again.',
    publish: false,
  })
  const sequences = (await db.select().from(events).orderBy(events.sequence)).map(({ sequence }) => sequence)
  expect(sequences).toHaveLength(2)
  expect(sequences[0]).toBe(last?.sequence)
})

test('an archive is imported once, and not into an installation with another church', async () => {
  const { db } = target.services
  const before = await db.$count(auditLog)
  expect(await importArchive(target.services, { folder: archive })).toMatchObject({
    objectsFoundThere: objectCount,
  })
  expect(await db.$count(auditLog)).toBe(before)
  await expect(importArchive(source.services, { folder: archive })).rejects.toThrow('has a church already')
})
