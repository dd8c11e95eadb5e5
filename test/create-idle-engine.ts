import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { WorkerManifest } from '@trigger.dev/core/v3'

import type { Engine } from '../local/trigger/engine.ts'
import { Slots } from '../local/trigger/execution/count-slots.ts'
import { startDelivery } from '../local/trigger/execution/deliver-runs.ts'
import { openDatabase } from '../local/trigger/open-database.ts'
import { syncQueues } from '../local/trigger/queues/load-queues.ts'
import { readMachine } from '../local/trigger/workers/machine-presets.ts'
import { createWorkerPool } from '../local/trigger/workers/worker-pool.ts'

type Task = Partial<WorkerManifest['tasks'][number]> & { id: string }

/**
 * The engine's parts on a real database, with a clock the test turns and nothing that starts runs by
 * itself: for what depends on time.
 */
export async function createIdleEngine(options: {
  connectionString: string
  tasks: Task[]
  startAt: Date
}): Promise<{ engine: Engine; turnClock: (to: Date) => void; stop: () => Promise<void> }> {
  let now = options.startAt
  const log = () => {}
  const directory = await mkdtemp(join(tmpdir(), 'selah-idle-engine-'))
  const db = openDatabase({ connectionString: options.connectionString, maxConnections: 2, log })
  const delivery = await startDelivery(db, log)
  const manifest = WorkerManifest.parse({
    configPath: 'trigger.config.mjs',
    tasks: options.tasks.map((task) => ({ filePath: 'tasks.ts', entryPoint: 'tasks.mjs', ...task })),
    workerEntryPoint: 'worker.mjs',
    runtime: 'node-24',
  })
  const engine: Engine = {
    hostId: `host_${randomBytes(6).toString('hex')}`,
    secretKey: 'tr_dev_idle_engine',
    apiUrl: 'http://127.0.0.1:9',
    directory,
    projectDir: directory,
    workerEnvironment: {},
    db,
    delivery,
    pool: createWorkerPool({
      spares: 0,
      idleMs: 1,
      defaultMachine: readMachine(undefined),
      environment: () => ({}),
      temporaryDir: directory,
      onOutput: log,
    }),
    slots: new Slots(),
    mostRoots: 3,
    build: { version: 'test', manifest, manifestPath: '', projectRef: 'test', projectDir: directory },
    queues: new Map(),
    active: new Map(),
    admitted: new Map(),
    served: new Map(),
    cancelling: new Set(),
    waiters: new Map(),
    resumable: [],
    stopping: false,
    now: () => now,
    log,
    pump() {},
    wakeAt() {},
  }
  await syncQueues(engine, manifest)
  return {
    engine,
    turnClock(to) {
      now = to
    },
    async stop() {
      await delivery.stop()
      await db.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
