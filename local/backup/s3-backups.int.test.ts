import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { type S3Server, startS3Server } from '#harness/start-s3-server.ts'
import { type BackupReason, describeFile, listFiles, listFolders, manifestName } from './backup-manifest.ts'
import { restoreBackup } from './restore-backup.ts'
import { openS3, parseS3Address, pruneS3Backups, type S3Backups, uploadBackup } from './s3-backups.ts'

const address = 's3://church/backups-of/grace'
const inBucket = (name: string) => `church/backups-of/grace/${name}`

let folder: string
let server: S3Server
let s3: S3Backups

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'selah-s3-'))
})
beforeEach(async () => {
  server = await startS3Server()
  vi.stubEnv('AWS_ENDPOINT_URL', server.url)
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'key')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret')
  const place = parseS3Address(address)
  if (!place) throw new Error('The address was not read')
  s3 = openS3(place, process.env)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await server.stop()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A complete backup with the given files. */
async function makeBackup(
  name: string,
  files: Record<string, Buffer | string>,
  { createdAt = '2026-11-29T10:00:00.000Z', reason = 'daily' as BackupReason } = {},
): Promise<string> {
  const backup = path.join(folder, `selah-${name}`)
  await rm(backup, { recursive: true, force: true })
  for (const [file, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(backup, file)), { recursive: true })
    await writeFile(path.join(backup, file), content)
  }
  const described = await Promise.all(
    (await listFiles(backup)).map((file) => describeFile(backup, file, undefined)),
  )
  const folders = await listFolders(backup)
  const manifest = { format: 1, createdAt, reason, neededVariables: [], folders, files: described }
  await writeFile(path.join(backup, manifestName), JSON.stringify(manifest))
  return backup
}

async function restore(from: string): Promise<string> {
  const into = await mkdtemp(path.join(folder, 'restored-'))
  await restoreBackup({ backup: from, into })
  return into
}

const storedFiles = () => [...server.objects.keys()].filter((key) => key.startsWith(inBucket('files/')))

it('stores a backup and restores it, through errors and broken answers of the service', async () => {
  const recording = randomBytes(70 * 1024 * 1024)
  const backup = await makeBackup('large', { 'secrets.json': 'keys', 'storage/objects/aa/1': recording })
  server.faults.push(
    { on: 'uploads', fault: 'slow down' },
    { on: 'partNumber=2', fault: 'reset' },
    { on: 'PUT /church', fault: 'slow down' },
    { on: 'list-type', fault: 'slow down' },
  )
  const stored = await uploadBackup(s3, backup)
  expect(stored.path).toBe(`${address}/backups/selah-large`)
  expect(server.faults).toEqual([])
  expect(server.requests.filter((request) => request.includes('partNumber')).length).toBeGreaterThan(2)

  server.faults.push(
    { on: `GET /${inBucket('backups')}`, fault: 'break off' },
    { on: `GET /${inBucket('files')}`, fault: 'break off' },
    { on: `GET /${inBucket('files')}`, fault: 'slow down' },
  )
  const restored = await restore(stored.path)
  expect(server.faults).toEqual([])
  expect(await readFile(path.join(restored, 'secrets.json'), 'utf8')).toBe('keys')
  expect((await readFile(path.join(restored, 'storage/objects/aa/1'))).equals(recording)).toBe(true)
})

it('sends a file that an earlier backup has stored only once', async () => {
  await uploadBackup(s3, await makeBackup('one', { same: 'unchanged', other: 'old' }))
  server.requests.length = 0
  const second = await uploadBackup(s3, await makeBackup('two', { same: 'unchanged', other: 'new' }))
  expect(server.requests.filter((request) => request.startsWith('PUT'))).toHaveLength(2)
  expect(storedFiles()).toHaveLength(3)
  expect(await readFile(path.join(await restore(second.path), 'same'), 'utf8')).toBe('unchanged')
})

it('does not count as a backup when a file was stored incompletely, and a repetition completes it', async () => {
  const backup = await makeBackup('half', { 'secrets.json': 'keys of an installation' })
  server.faults.push({ on: 'PUT', fault: 'keep half' })
  await expect(uploadBackup(s3, backup)).rejects.toThrow('secrets.json was not stored completely')
  await expect(restore(`${address}/backups/selah-half`)).rejects.toThrow('is not a complete backup')
  const { path: stored } = await uploadBackup(s3, backup)
  expect(await readFile(path.join(await restore(stored), 'secrets.json'), 'utf8')).toBe(
    'keys of an installation',
  )
})

it('restores nothing from a backup with a changed file', async () => {
  const { path: stored } = await uploadBackup(s3, await makeBackup('changed', { 'secrets.json': 'keys' }))
  for (const [key, object] of server.objects) {
    if (storedFiles().includes(key)) server.objects.set(key, { ...object, content: Buffer.from('KEYS') })
  }
  const into = await mkdtemp(path.join(folder, 'restored-'))
  await expect(restoreBackup({ backup: stored, into })).rejects.toThrow('is damaged: secrets.json differs')
  expect(await readdir(into)).toEqual([])
})

it('keeps the newest backups of a reason, and removes files that no backup names after a day', async () => {
  const at = (day: number) => ({ createdAt: `2026-11-0${day}T10:00:00.000Z` })
  for (const day of [1, 2, 3]) {
    const files = { same: 'unchanged', [`of-day-${day}`]: `day ${day}` }
    await uploadBackup(s3, await makeBackup(`day-${day}`, files, at(day)))
  }
  await uploadBackup(
    s3,
    await makeBackup('asked', { mine: 'kept' }, { ...at(1), reason: 'requested' as BackupReason }),
  )
  await pruneS3Backups(s3, { reason: 'daily', keep: 2 })
  const names = [...server.objects.keys()].filter((key) => key.endsWith(manifestName))
  expect(names.map((key) => key.split('/').at(-2)).sort()).toEqual([
    'selah-asked',
    'selah-day-2',
    'selah-day-3',
  ])
  expect(storedFiles()).toHaveLength(5)
  await pruneS3Backups(s3, { reason: 'daily', keep: 2, now: new Date(Date.now() + 25 * 3_600_000) })
  expect(storedFiles()).toHaveLength(4)
  for (const name of ['asked', 'day-2', 'day-3']) await restore(`${address}/backups/selah-${name}`)
})

it('says what to check when the service refuses the keys', async () => {
  server.faults.push({ on: 'GET', fault: 'deny' })
  await expect(uploadBackup(s3, await makeBackup('denied', { a: 'b' }))).rejects.toThrow(
    /^s3:\/\/church\/backups-of\/grace could not be used: .*AccessDenied.* Check AWS_ACCESS_KEY_ID/,
  )
})

it('reads addresses of S3 and no others', () => {
  expect(parseS3Address('s3://church')).toMatchObject({ bucket: 'church', prefix: '' })
  expect(parseS3Address('s3://church//a/b/')).toMatchObject({ bucket: 'church', prefix: 'a/b/' })
  expect(parseS3Address('/mnt/s3')).toBeNull()
  expect(() => parseS3Address('s3://')).toThrow('s3://<bucket>/<folder>')
})
