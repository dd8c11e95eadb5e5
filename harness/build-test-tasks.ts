import { mkdir } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import { withLock } from '../local/locks/lock-file.mjs'
import { buildProject, type ProjectBuild, pruneBuilds } from '../local/trigger/build/build-project.ts'

const root = resolve(import.meta.dirname, '..')
const builds = join(root, '.cache/test-tasks')

/**
 * Builds the tasks of a project of this repository once for all tests, unless nothing changed. An engine uses the
 * build when `SELAH_TRIGGER_BUILT_DIR` is the returned folder.
 */
export async function buildTestTasks(
  projectDir: string = root,
): Promise<{ builtDir: string; build: ProjectBuild }> {
  const name = relative(root, projectDir).replaceAll(sep, '-') || 'selah'
  const builtDir = join(builds, name)
  await mkdir(builds, { recursive: true })
  const build = await withLock(`${builtDir}.building`, async () => {
    const { reused, ...found } = await buildProject({ projectDir, outputDir: builtDir })
    if (!reused) await pruneBuilds(builtDir, [found.version])
    return found
  })
  return { builtDir, build }
}
