import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

import { bundleTasks } from './bundle-tasks.ts'
import { linkDependencies } from './link-dependencies.ts'

/**
 * Checks, without network or login, that the tasks of `projectDir` bundle and load as in `trigger deploy`.
 * Returns the ids of the tasks. Rejects with the reason when an id is used twice, an
 * import is missing or a module throws while it is loaded. It does not check the build of the container or
 * the variables of the hosted environment.
 */
export async function checkDeploy(projectDir: string): Promise<{ taskIds: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'selah-deploy-'))
  try {
    await linkDependencies(resolve(projectDir), folder)
    const bundle = await bundleTasks({
      projectDir: resolve(projectDir),
      destination: join(folder, 'build'),
      target: 'deploy',
      environment: 'prod',
    })
    return { taskIds: bundle.manifest.tasks.map((task) => task.id) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const { taskIds } = await checkDeploy(process.argv[2] ?? process.cwd())
    console.log(`${taskIds.length} tasks bundle and load for deployment: ${taskIds.join(', ')}.`)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
