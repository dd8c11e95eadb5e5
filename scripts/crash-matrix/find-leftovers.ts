import { access, readdir, readFile, readlink } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Installation } from './installation.ts'

const versionSchema = z.object({ version: z.string() })

/**
 * What a killed process may have left lying about, while nothing is being worked on: temporary folders,
 * files in storage that are no object's, objects without a file, unfinished uploads, and processes that read
 * a recording for nobody.
 */
export async function findLeftovers(installation: Installation): Promise<string[]> {
  return [
    ...(await findTemporaryFolders(installation)),
    ...(await findStrayFiles(installation)),
    ...(await findStrayReaders(installation)),
  ]
}

async function namesUnder(folder: string): Promise<string[]> {
  // What is looked for in the wrong place would never be found; below it, things may go while we look.
  await access(folder)
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries.map((entry) => path.join(entry.parentPath, entry.name))
}

async function findTemporaryFolders({ temporaryDir, dataDir }: Installation): Promise<string[]> {
  const ours = (await namesUnder(temporaryDir)).filter((name) => /^selah-[^/]*$/.test(path.basename(name)))
  // The folder of a worker that waits for its next run is empty.
  const ofWorkers = (await namesUnder(path.join(dataDir, 'trigger/temporary'))).filter((name) =>
    /\/worker-[^/]*\/[^/]*$/.test(name),
  )
  return [...ours, ...ofWorkers].map((name) => `temporary file ${path.basename(name)}`)
}

async function findStrayFiles({ services, dataDir, patiently }: Installation): Promise<string[]> {
  const storage = path.join(dataDir, 'storage')
  const { rows } = await patiently(() => services.db.execute(sql`select version from storage.objects`))
  const known = new Set(rows.map((row) => versionSchema.parse(row).version))
  const files = (await readdir(path.join(storage, 'objects'), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
  const resumable = await readdir(path.join(storage, 'resumable'))
  return [
    ...(await readdir(path.join(storage, 'incoming'))).map((name) => `half-written object ${name}`),
    ...files.filter((name) => !known.has(name)).map((name) => `file ${name} of no object`),
    ...[...known].filter((name) => !files.includes(name)).map((name) => `object without its file ${name}`),
    // The record of a finished upload stays for a while; its bytes do not.
    ...resumable.filter((name) => !name.includes('.json')).map((name) => `unfinished upload ${name}`),
  ]
}

/** Reading happens in a process of its own, in a temporary folder of ours. */
async function findStrayReaders({ temporaryDir, dataDir }: Installation): Promise<string[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(
    pids.map(async (pid) => {
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
      const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '')
      const isOurs = cwd.startsWith(temporaryDir) || cwd.startsWith(dataDir)
      return isOurs && command.includes('lib/media/child/main.ts')
        ? `process ${pid} that reads for nobody`
        : []
    }),
  )
  return found.flat()
}
