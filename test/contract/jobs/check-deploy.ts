import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { bundleTasks } from '../../../local/trigger/build/bundle-tasks.ts'
import { linkDependencies } from '../../../local/trigger/build/link-dependencies.ts'

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
