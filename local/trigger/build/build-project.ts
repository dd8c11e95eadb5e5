import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve } from 'node:path'

import { WorkerManifest } from '@trigger.dev/core/v3/schemas'
import { z } from 'zod'

import { bundleTasks } from './bundle-tasks.ts'
import { findUpwards, linkDependencies } from './link-dependencies.ts'

/** One build of the project's tasks, ready for workers. */
export type ProjectBuild = {
  /** The version of the build. */
  version: string
  manifest: WorkerManifest
  /** The manifest file that the run workers read. */
  manifestPath: string
  projectRef: string
  projectDir: string
}

const BuildRecord = z.object({
  version: z.string(),
  projectRef: z.string(),
  /** Folders with task files: a new file in one of them needs a new build. */
  dirs: z.array(z.string()),
  taskFiles: z.array(z.string()),
  /** Content hash of each file, by its path relative to the project. */
  inputs: z.record(z.string(), z.string()),
})
type BuildRecord = z.infer<typeof BuildRecord>

const recordName = 'latest-build.json'

/**
 * Bundles and indexes the tasks of `projectDir` into `outputDir`, or returns the existing build there or in `builtDir`
 * when none of its inputs changed. Rejects with a readable reason when the tasks cannot be built or loaded.
 */
export async function buildProject(options: {
  projectDir: string
  outputDir: string
  builtDir?: string | undefined
}): Promise<ProjectBuild & { reused: boolean }> {
  const projectDir = resolve(options.projectDir)
  const outputDir = resolve(options.outputDir)
  await mkdir(outputDir, { recursive: true })
  const kept =
    (await findUnchangedBuild(projectDir, outputDir)) ??
    (options.builtDir ? await findUnchangedBuild(projectDir, resolve(options.builtDir)) : undefined)
  if (kept) return { ...kept, reused: true }

  const staging = join(outputDir, `build-${randomBytes(6).toString('hex')}`)
  await linkDependencies(projectDir, outputDir)
  const bundle = await bundleTasks({ projectDir, destination: staging, target: 'dev', environment: 'dev' })
  const manifestPath = join(staging, 'worker.json')
  await writeFile(manifestPath, JSON.stringify(bundle.manifest))

  const record: BuildRecord = {
    version: staging.slice(staging.lastIndexOf('-') + 1),
    projectRef: bundle.projectRef,
    dirs: bundle.dirs,
    taskFiles: await listTaskFiles(projectDir, bundle.dirs),
    inputs: await hashInputs(projectDir, bundle.inputs),
  }
  const pending = join(outputDir, `${recordName}.${record.version}`)
  await writeFile(pending, JSON.stringify(record))
  await rename(pending, join(outputDir, recordName))
  return {
    version: record.version,
    manifest: bundle.manifest,
    manifestPath,
    projectRef: record.projectRef,
    projectDir,
    reused: false,
  }
}

/** Removes every build except the named ones. */
export async function pruneBuilds(outputDir: string, keepVersions: string[]): Promise<void> {
  const keep = new Set(keepVersions.map((version) => `build-${version}`))
  for (const name of await readdir(outputDir)) {
    if (name.startsWith('build-') && !keep.has(name)) {
      await rm(join(outputDir, name), { recursive: true, force: true })
    }
  }
}

async function findUnchangedBuild(projectDir: string, outputDir: string): Promise<ProjectBuild | undefined> {
  const recordFile = join(outputDir, recordName)
  if (!existsSync(recordFile)) return
  const record = BuildRecord.safeParse(JSON.parse(await readFile(recordFile, 'utf8'))).data
  if (!record) return
  const manifestPath = join(outputDir, `build-${record.version}`, 'worker.json')
  if (!existsSync(manifestPath)) return
  const taskFiles = await listTaskFiles(projectDir, record.dirs)
  if (taskFiles.join('\n') !== record.taskFiles.join('\n')) return
  const hashes = await Promise.all(
    Object.entries(record.inputs).map(async ([file, hash]) => (await hashFile(projectDir, file)) === hash),
  )
  if (hashes.includes(false)) return
  return {
    version: record.version,
    manifest: WorkerManifest.parse(JSON.parse(await readFile(manifestPath, 'utf8'))),
    manifestPath,
    projectRef: record.projectRef,
    projectDir,
  }
}

/**
 * Hashes the files whose change requires a new build: the project's own, and the lock file instead of the thousands
 * of files below node_modules.
 */
async function hashInputs(projectDir: string, inputs: string[]): Promise<Record<string, string>> {
  const own = inputs
    .map((input) => input.split('?')[0] ?? input)
    .filter((input) => !input.includes('node_modules') && !/^[a-z-]+:/.test(input))
    .map((input) => (isAbsolute(input) ? relative(projectDir, input) : input))
  const settings = ['trigger.config.ts', 'package.json']
  const lock = findUpwards(projectDir, 'package-lock.json')
  if (lock) settings.push(relative(projectDir, lock))
  const hashes: Record<string, string> = {}
  for (const file of new Set([...own, ...settings])) {
    const hash = await hashFile(projectDir, file)
    if (hash) hashes[file] = hash
  }
  return hashes
}

async function hashFile(projectDir: string, file: string): Promise<string | undefined> {
  try {
    return createHash('sha256')
      .update(await readFile(join(projectDir, file)))
      .digest('hex')
  } catch {
    return undefined
  }
}

async function listTaskFiles(projectDir: string, dirs: string[]): Promise<string[]> {
  const found: string[] = []
  for (const dir of dirs) {
    const folder = isAbsolute(dir) ? dir : join(projectDir, dir)
    if (!existsSync(folder)) continue
    for (const name of await readdir(folder, { recursive: true })) {
      if (/\.[cm]?[jt]sx?$/.test(name) && (await stat(join(folder, name))).isFile()) {
        found.push(relative(projectDir, join(folder, name)))
      }
    }
  }
  return found.sort()
}
