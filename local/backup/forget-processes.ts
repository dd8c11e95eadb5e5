import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { restoredName } from './restore-marks.ts'

/**
 * For the first start of a restored data folder: its database names the processes of the installation that was backed
 * up, which may still run on this machine. They are neither ended nor waited for. Call it when the database is migrated
 * and before the job engine starts.
 */
export async function forgetProcesses({
  dataDir,
  databaseUrl,
}: {
  dataDir: string
  databaseUrl: string
}): Promise<void> {
  const mark = path.join(dataDir, restoredName)
  if (!existsSync(mark)) return
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query(`select to_regclass('engine.hosts') is not null as "hasEngine"`)
    if (rows[0]?.hasEngine) {
      await client.query('update engine.hosts set stopped_at = now() where stopped_at is null')
      await client.query('update engine.attempts set pid = null where ended_at is null')
    }
  } finally {
    await client.end()
  }
  await rm(mark)
}
