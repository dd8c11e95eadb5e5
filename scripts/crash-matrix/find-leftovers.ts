import { access, readdir, readFile, readlink } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Installation } from './installation.ts'

const versionSchema = z.object({ version: z.string() })

/**
 * Lists what killed processes have left, read while no work is running: temporary folders, files in storage
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

/** Like `findLeftovers`, without those in `known`; adds the new ones to `known`. */
export async function findNewLeftovers(installation: Installation, known: Set<string>): Promise<string[]> {
  const leftovers = (await findLeftovers(installation)).filter((name) => !known.has(name))
  for (const name of leftovers) known.add(name)
  return leftovers.map((name) => `left behind: ${name}`)
}

async function listNames(folder: string): Promise<string[]> {
  // A wrong path must fail, but entries may disappear while they are read.
  await access(folder)
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries.map((entry) => path.join(entry.parentPath, entry.name))
}

async function findTemporaryFolders({ temporaryDir, dataDir }: Installation): Promise<string[]> {
  // Below them are caches of libraries, whose names begin with that of the folder Selah was cloned to.
  const ofProcesses = (await listNames(temporaryDir)).filter(
    (name) => path.dirname(name) === path.resolve(temporaryDir) && path.basename(name).startsWith('selah-'),
  )
  // The folder of an idle worker is empty.
  const ofWorkers = (await listNames(path.join(dataDir, 'trigger/temporary'))).filter((name) =>
    /\/worker-[^/]*\/[^/]*$/.test(name),
  )
  return [...ofProcesses, ...ofWorkers].map((name) => `temporary file ${path.basename(name)}`)
}

async function findStrayFiles({ services, dataDir, retry }: Installation): Promise<string[]> {
  const storage = path.join(dataDir, 'storage')
  const { rows } = await retry(() => services.db.execute(sql`select version from storage.objects`))
  const known = new Set(rows.map((row) => versionSchema.parse(row).version))
  const files = (await readdir(path.join(storage, 'objects'), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
  const resumable = await readdir(path.join(storage, 'resumable'))
  return [
    ...(await readdir(path.join(storage, 'incoming'))).map((name) => `partly stored object ${name}`),
    ...files.filter((name) => !known.has(name)).map((name) => `file ${name} of no object`),
    ...[...known].filter((name) => !files.includes(name)).map((name) => `object without its file ${name}`),
    // The record of a finished upload stays for a while; its bytes are moved.
    ...resumable.filter((name) => !name.includes('.json')).map((name) => `unfinished upload ${name}`),
  ]
}

/** Finds processes that read recordings: they run in a temporary folder of the installation. */
async function findStrayReaders({ temporaryDir, dataDir }: Installation): Promise<string[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(
    pids.map(async (pid) => {
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
      const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '')
      const isOfInstallation = cwd.startsWith(temporaryDir) || cwd.startsWith(dataDir)
      return isOfInstallation && command.includes('lib/media/child/main.ts')
        ? `orphaned process ${pid} that reads a recording`
        : []
    }),
  )
  return found.flat()
}
