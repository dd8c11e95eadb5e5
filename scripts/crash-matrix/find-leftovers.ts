import { access, readdir, readFile, readlink } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Installation } from './installation.ts'

const versionSchema = z.object({ version: z.string() })

/**
 * What a killed process may have left behind, read while no work is running: temporary folders, files in storage
 * that belong to no object, objects without a file, unfinished uploads, and orphaned processes that read a
 * recording.
 */
async function findLeftovers(installation: Installation): Promise<string[]> {
  return [
    ...(await findTemporaryFolders(installation)),
    ...(await findStrayFiles(installation)),
    ...(await findStrayReaders(installation)),
  ]
}

/** As `findLeftovers`, one line each, without those in `known`; adds what it finds to `known`. */
export async function findNewLeftovers(installation: Installation, known: Set<string>): Promise<string[]> {
  const leftovers = (await findLeftovers(installation)).filter((name) => !known.has(name))
  for (const name of leftovers) known.add(name)
  return leftovers.map((name) => `left behind: ${name}`)
}

async function namesUnder(folder: string): Promise<string[]> {
  // A wrong path must fail; entries below it may disappear while they are read.
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
    ...(await readdir(path.join(storage, 'incoming'))).map((name) => `partly stored object ${name}`),
    ...files.filter((name) => !known.has(name)).map((name) => `file ${name} of no object`),
    ...[...known].filter((name) => !files.includes(name)).map((name) => `object without its file ${name}`),
    // The record of a finished upload stays for a while; its bytes do not.
    ...resumable.filter((name) => !name.includes('.json')).map((name) => `unfinished upload ${name}`),
  ]
}

/** Recordings are read in a process of its own, in a temporary folder of the installation. */
async function findStrayReaders({ temporaryDir, dataDir }: Installation): Promise<string[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(
    pids.map(async (pid) => {
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
      const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '')
      const isOurs = cwd.startsWith(temporaryDir) || cwd.startsWith(dataDir)
      return isOurs && command.includes('lib/media/child/main.ts')
        ? `orphaned process ${pid} that reads a recording`
        : []
    }),
  )
  return found.flat()
}
