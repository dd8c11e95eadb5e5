import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type BackupReason, listBackups } from './backup-manifest.ts'
import { pruneBackups } from './prune-backups.ts'

async function writeManifest(folder: string, reason: BackupReason, day: number): Promise<string> {
  const name = `selah-2026-01-0${day}-${reason}`
  await mkdir(path.join(folder, name))
  const manifest = {
    format: 1,
    createdAt: `2026-01-0${day}T00:00:00.000Z`,
    reason,
    neededVariables: [],
    folders: [],
    files: [],
  }
  await writeFile(path.join(folder, name, 'manifest.json'), JSON.stringify(manifest))
  return name
}

test('only the newest daily backups are kept; others and incomplete ones stay', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'selah-prune-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const requested = await writeManifest(folder, 'requested', 1)
  await writeManifest(folder, 'daily', 2)
  const third = await writeManifest(folder, 'daily', 3)
  const fourth = await writeManifest(folder, 'daily', 4)
  await mkdir(path.join(folder, 'selah-of-a-person'))
  await pruneBackups(folder, { reason: 'daily', keep: 2 })
  expect((await readdir(folder)).sort()).toEqual([requested, third, fourth, 'selah-of-a-person'])
  expect((await listBackups(folder)).map((backup) => path.basename(backup.path))).toEqual([
    fourth,
    third,
    requested,
  ])
})

test('a missing folder has no backups', async () => {
  expect(await listBackups('/nowhere/at/all')).toEqual([])
})
