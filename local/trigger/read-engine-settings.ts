import { availableParallelism, totalmem } from 'node:os'
import { resolve } from 'node:path'

import { z } from 'zod'

const Environment = z.object({
  DATABASE_URL: z.string().min(1),
  SELAH_TRIGGER_PORT: z.coerce.number().int().min(0).max(65_535),
  SELAH_TRIGGER_DIR: z.string().min(1),
  TRIGGER_SECRET_KEY: z.string().min(8),
  TRIGGER_API_URL: z.url().optional(),
  SELAH_TRIGGER_PROJECT_DIR: z.string().optional(),
  /** A folder with a build of the tasks, which is used if the tasks have not changed since. It is never written. */
  SELAH_TRIGGER_BUILT_DIR: z.string().optional(),
  SELAH_TRIGGER_WATCH: z.string().optional(),
  /** Runs that execute at the same time; runs that wait for others do not count. */
  SELAH_TRIGGER_CONCURRENCY: z.coerce.number().int().min(1).optional(),
  /** Maximum number of root runs of one task with a process, including those that wait. Default: what fits in a quarter of the memory. */
  SELAH_TRIGGER_MOST_ROOTS: z.coerce.number().int().min(1).optional(),
  /** Number of idle run workers kept ready, about 150 MB each. */
  SELAH_TRIGGER_WARM_WORKERS: z.coerce.number().int().min(0).default(1),
  SELAH_TRIGGER_IDLE_SECONDS: z.coerce.number().min(1).default(60),
})

export type Settings = {
  databaseUrl: string
  port: number
  directory: string
  secretKey: string
  apiUrl: string | undefined
  projectDir: string
  builtDir: string | undefined
  watch: boolean
  concurrency: number
  mostRoots: number
  warmWorkers: number
  idleMs: number
  /** The environment of run workers: the product's settings without the engine's own. */
  workerEnvironment: Record<string, string>
}

/** The memory of a run worker while it waits. */
const workerBytes = 150 * 1024 * 1024

/** Reads the engine's settings. Throws a readable sentence when one is missing or wrong. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const parsed = Environment.safeParse(env)
  if (!parsed.success) {
    const names = parsed.error.issues.map((issue) => `${issue.path.join('.')} (${issue.message})`)
    throw new Error(`The job engine cannot start: set ${names.join(', ')}.`)
  }
  const value = parsed.data
  const concurrency = value.SELAH_TRIGGER_CONCURRENCY ?? Math.max(3, availableParallelism())
  return {
    databaseUrl: value.DATABASE_URL,
    port: value.SELAH_TRIGGER_PORT,
    directory: resolve(value.SELAH_TRIGGER_DIR),
    secretKey: value.TRIGGER_SECRET_KEY,
    apiUrl: value.TRIGGER_API_URL,
    projectDir: resolve(value.SELAH_TRIGGER_PROJECT_DIR ?? process.cwd()),
    builtDir: value.SELAH_TRIGGER_BUILT_DIR,
    watch: value.SELAH_TRIGGER_WATCH === '1',
    concurrency,
    mostRoots:
      value.SELAH_TRIGGER_MOST_ROOTS ?? Math.max(concurrency, Math.floor(totalmem() / 4 / workerBytes)),
    warmWorkers: value.SELAH_TRIGGER_WARM_WORKERS,
    idleMs: value.SELAH_TRIGGER_IDLE_SECONDS * 1000,
    workerEnvironment: selectWorkerEnvironment(env),
  }
}

function selectWorkerEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined) continue
    if (name.startsWith('SELAH_TRIGGER_') || name.startsWith('NODE_CHANNEL_')) continue
    if (name === 'NODE_UNIQUE_ID' || name === 'VITEST' || name.startsWith('VITEST_')) continue
    kept[name] = value
  }
  return kept
}
