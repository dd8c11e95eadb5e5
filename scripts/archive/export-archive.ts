import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { Client } from 'pg'
import type { Services } from '#lib/create-services.ts'
import {
  type ArchivedTable,
  type ArchiveManifest,
  readManifest,
  tableFile,
  writeManifest,
} from './archive-manifest.ts'
import { dumpObject, listAllObjects } from './archive-objects.ts'
import { connectTables, dumpTable, hashTable, listMigrations, listTables } from './archive-tables.ts'
import { dumpUsers } from './archive-users.ts'

/** While people work, each pass copies what the one before has missed. */
const mostPasses = 10
/** The manifest is stored after so many objects, so that an interrupted export continues there. */
const objectsPerNote = 20

/**
 * Copies the rows, accounts and stored files of an installation into a folder, through the database and the Storage
 * API alone. Continues an export that was interrupted. Copies again what changed in the meantime, until a pass finds
 * everything as it was copied: the archive then is the state of one moment. Throws when there is no such moment.
 */
export async function exportArchive(
  services: Services,
  { folder }: { folder: string },
): Promise<ArchiveManifest> {
  await mkdir(path.join(folder, 'tables'), { recursive: true, mode: 0o700 })
  await mkdir(path.join(folder, 'objects'), { recursive: true, mode: 0o700 })
  const client = await connectTables(services.env.DATABASE_URL)
  try {
    let manifest: ArchiveManifest = {
      ...((await readManifest(folder)) ?? { id: randomUUID(), tables: [], users: 0, objects: [] }),
      format: 1,
      isComplete: false,
      createdAt: new Date().toISOString(),
      migrations: await listMigrations(client),
    }
    for (let pass = 0; pass < mostPasses; pass += 1) {
      const changed = await copyChanges({ services, client, folder }, manifest)
      manifest = { ...changed.manifest, isComplete: changed.count === 0 }
      await writeManifest(folder, manifest)
      if (manifest.isComplete) return manifest
    }
    throw new Error('Selah changed during every pass. Export again at a quiet time; what was copied is kept.')
  } finally {
    await client.end()
  }
}

async function copyChanges(
  { services, client, folder }: { services: Services; client: Client; folder: string },
  before: ArchiveManifest,
): Promise<{ manifest: ArchiveManifest; count: number }> {
  let count = 0
  const tables: ArchivedTable[] = []
  for (const name of await listTables(client)) {
    const now = await hashTable(client, name)
    const known = before.tables.find((table) => table.name === name)
    if (known?.sha256 !== now.sha256) {
      count += 1
      await dumpTable(client, { name, file: tableFile(folder, name) })
    }
    tables.push(now)
  }
  const accounts = await dumpUsers(client, folder)
  if (accounts.usersSha256 !== before.usersSha256) count += 1

  const manifest = { ...before, tables, ...accounts }
  const known = new Map(before.objects.map((object) => [`${object.bucket}/${object.path}`, object]))
  const objects: ArchiveManifest['objects'] = []
  for (const place of await listAllObjects(services)) {
    const earlier = known.get(`${place.bucket}/${place.object.path}`)
    const archived = await dumpObject(services, { ...place, folder, known: earlier })
    objects.push(archived)
    if (archived === earlier) continue
    count += 1
    if (count % objectsPerNote === 0) {
      await writeManifest(folder, { ...manifest, objects: [...known.values(), ...objects] })
    }
  }
  if (objects.length !== before.objects.length) count += 1
  return { manifest: { ...manifest, objects }, count }
}
