/**
 * Writes one backup of `SELAH_DATA_DIR`, with its database at `DATABASE_URL`, stores it in S3 too if `--s3` names a
 * place, and prints its paths. It is a process of
 * its own, so that reading every file and opening the copy do not slow down the services.
 */
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { backupReasons } from './backup-manifest.ts'
import { createBackup } from './create-backup.ts'
import { pruneBackups } from './prune-backups.ts'
import { openS3, parseS3Address, pruneS3Backups, uploadBackup } from './s3-backups.ts'

const optionsSchema = z.object({
  to: z.string().min(1),
  reason: z.enum(backupReasons),
  keep: z.coerce.number().int().min(1),
  s3: z.string().optional(),
})
const environmentSchema = z.object({ SELAH_DATA_DIR: z.string().min(1), DATABASE_URL: z.string().min(1) })

const { values } = parseArgs({
  options: {
    to: { type: 'string' },
    reason: { type: 'string' },
    keep: { type: 'string' },
    s3: { type: 'string' },
  },
})
const { to, reason, keep, s3: s3Address } = optionsSchema.parse(values)
const { SELAH_DATA_DIR: dataDir, DATABASE_URL: databaseUrl } = environmentSchema.parse(process.env)

// A backup ends with the supervisor that started it.
process.once('disconnect', exit)

try {
  const backup = await createBackup({ dataDir, databaseUrl, environment: process.env }, { to, reason })
  await pruneBackups(to, { reason, keep })
  console.log(backup.path)
  const place = parseS3Address(s3Address ?? '')
  if (place) {
    const s3 = openS3(place, process.env)
    console.log((await uploadBackup(s3, backup.path)).path)
    await pruneS3Backups(s3, { reason, keep })
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  process.off('disconnect', exit)
  process.disconnect?.()
}

function exit(): never {
  process.exit(1)
}
