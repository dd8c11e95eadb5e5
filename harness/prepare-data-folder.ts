import { join } from 'node:path'
import { buildTestTasks } from './build-test-tasks.ts'
import { allMigrations, copyTestDatabase } from './start-test-database.ts'

/**
 * Creates a data folder with an empty database that has every migration, and returns settings for `startSelah` with
 * which the engine uses tasks that are built already: a first start spends most of its time on these two.
 */
export async function prepareDataFolder(dataDir: string): Promise<Record<string, string>> {
  await copyTestDatabase(allMigrations, join(dataDir, 'database'))
  const { builtDir } = await buildTestTasks()
  return { SELAH_TRIGGER_BUILT_DIR: builtDir }
}
