import type { Client } from 'pg'
import type { Services } from '#lib/create-services.ts'
import { ensureBuckets } from '#lib/storage/ensure-buckets.ts'
import { type ArchiveManifest, readManifest, tableFile } from './archive-manifest.ts'
import { loadObject } from './archive-objects.ts'
import { connectTables, hashTable, listMigrations, listTables, loadTable } from './archive-tables.ts'
import { loadUsers } from './archive-users.ts'

/** What an import has stored and compared. */
export interface ImportReport {
  tables: number
  rows: number
  users: number
  objects: number
  /** Objects that an earlier, interrupted import had stored already. */
  objectsFoundThere: number
}

const importedAction = 'archive.imported'

/**
 * Stores an archive in an installation that is not set up yet, through the database, the Auth API and the Storage API
 * alone. Ids are kept. Objects and accounts come first and are compared; an interrupted import is started again and
 * continues after them. Then all rows are stored in one transaction, which commits only when the count and the hash of
 * every table agree with the archive. Throws when the archive is not complete, or the installation is in use or has
 * another version.
 */
export async function importArchive(
  services: Services,
  { folder }: { folder: string },
): Promise<ImportReport> {
  const manifest = await readManifest(folder)
  if (!manifest?.isComplete) throw new Error(`${folder} is not a complete archive. Run the export again.`)
  const client = await connectTables(services.env.DATABASE_URL)
  try {
    const isImported = await requireTarget(client, manifest)
    await ensureBuckets(services)
    let objectsFoundThere = 0
    for (const archived of manifest.objects) {
      if (!(await loadObject(services, { archived, folder }))) objectsFoundThere += 1
    }
    const users = await loadUsers(services.supabase, { folder, manifest })
    if (!isImported) await loadRows(client, { manifest, folder })
    return {
      tables: manifest.tables.length,
      rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
      users,
      objects: manifest.objects.length,
      objectsFoundThere,
    }
  } finally {
    await client.end()
  }
}

/** Returns whether the rows of this archive are there already. Throws when it cannot be imported here. */
async function requireTarget(client: Client, manifest: ArchiveManifest): Promise<boolean> {
  const migrations = await listMigrations(client)
  if (migrations.join() !== manifest.migrations.join()) {
    throw new Error(
      'The archive is of another version of Selah. Update both installations to the same version.',
    )
  }
  const imported = await client.query('select from audit_log where action = $1 and subject = $2', [
    importedAction,
    manifest.id,
  ])
  if (imported.rowCount !== 0) return true
  const churches = await client.query('select from churches')
  if (churches.rowCount !== 0) {
    throw new Error('This installation has a church already. Import into one that is not set up yet.')
  }
  return false
}

async function loadRows(
  client: Client,
  { manifest, folder }: { manifest: ArchiveManifest; folder: string },
): Promise<void> {
  const names = await listTables(client)
  await client.query('begin')
  try {
    // A new installation has a row about itself, and perhaps some of the first minutes.
    for (const name of names.toReversed()) await client.query(`delete from "${name}"`)
    for (const name of names) await loadTable(client, { name, file: tableFile(folder, name) })
    for (const archived of manifest.tables) {
      const stored = await hashTable(client, archived.name)
      if (stored.rows !== archived.rows || stored.sha256 !== archived.sha256) {
        throw new Error(
          `The table ${archived.name} has ${stored.rows} rows that differ from the ${archived.rows} of the archive. Nothing was imported.`,
        )
      }
    }
    await client.query('insert into audit_log (action, subject) values ($1, $2)', [
      importedAction,
      manifest.id,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}
