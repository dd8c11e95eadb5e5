import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { WorkerManifest } from '@trigger.dev/core/v3'

import { composeEngine, type Engine } from '../local/trigger/compose-engine.ts'
import { openDatabase } from '../local/trigger/database/open-database.ts'
import { readMachine } from '../local/trigger/model/machine-presets.ts'
import { syncQueues } from '../local/trigger/queues/load-queues.ts'
import { createWorkerPool } from '../local/trigger/workers/worker-pool.ts'

type Task = Partial<WorkerManifest['tasks'][number]> & { id: string }

/**
 * Creates the engine's parts on a real database, with a clock that the test sets. It starts no runs, for
 * tests of time.
 */
export async function createIdleEngine(options: {
  connectionString: string
  tasks: Task[]
  startAt: Date
}): Promise<{ engine: Engine; setClock: (to: Date) => void; stop: () => Promise<void> }> {
  let now = options.startAt
  let latest = now
  const wasSetBack = () => {
    const isBack = now < latest
    latest = now
    return isBack
  }
  const log = () => {}
  const directory = await mkdtemp(join(tmpdir(), 'selah-idle-engine-'))
  const db = openDatabase({ connectionString: options.connectionString, maxConnections: 2, log })
  const manifest = WorkerManifest.parse({
    configPath: 'trigger.config.mjs',
    tasks: options.tasks.map((task) => ({ filePath: 'tasks.ts', entryPoint: 'tasks.mjs', ...task })),
    workerEntryPoint: 'worker.mjs',
    runtime: 'node-24',
  })
  const engine = composeEngine({
    hostId: `host_${randomBytes(6).toString('hex')}`,
    secretKey: 'tr_dev_idle_engine',
    apiUrl: 'http://127.0.0.1:9',
    directory,
    db,
    clock: { now: () => now, sync: async () => wasSetBack() },
    log,
    pool: createWorkerPool({
      spares: 0,
      idleMs: 1,
      defaultMachine: readMachine(undefined),
      environment: () => ({}),
      temporaryDir: directory,
      onOutput: log,
    }),
    concurrency: 10,
    mostRoots: 3,
    build: { version: 'test', manifest, manifestPath: '', projectRef: 'test', projectDir: directory },
    pump() {},
    wakeAt() {},
  })
  await syncQueues(engine, manifest)
  return {
    engine,
    setClock(to) {
      now = to
    },
    async stop() {
      await db.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
