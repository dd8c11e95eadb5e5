import type { Serving } from './api/serving.ts'
import type { ProjectBuild } from './build/build-project.ts'
import type { DatabaseClock } from './database/database-clock.ts'
import type { Database } from './database/open-database.ts'
import type { ActiveRun } from './execution/active-run.ts'
import { announceRun } from './execution/announce-run.ts'
import type { Attempting } from './execution/run-attempt.ts'
import type { Starting } from './execution/start-runs.ts'
import type { Limits } from './model/list-pools.ts'
import type { QueueRow } from './model/queue-row.ts'
import type { RunRow } from './model/run-row.ts'
import { ServedOrder } from './model/served-order.ts'
import { Slots } from './model/slots.ts'
import { OpenWaits } from './waits/open-waits.ts'
import type { WorkerPool } from './workers/worker-pool.ts'

/** All parts of one engine. Most functions take only the parts that they need. */
export interface Engine extends Serving, Attempting, Starting {
  limits: Limits
  slots: Slots
  served: ServedOrder
  isStopping(): boolean
  /** Reads the database's time again; true when its clock was set back. */
  syncClock(): Promise<boolean>
  /** Uses this build for new attempts. */
  use(build: ProjectBuild): void
  /** Sets the address of the API. */
  serveAt(apiUrl: string): void
  /** From now on no run is started. */
  beginStop(): void
}

/** Creates the parts of an engine. Only one engine may work on a database. */
export function composeEngine(options: {
  hostId: string
  secretKey: string
  apiUrl: string
  directory: string
  db: Database
  clock: DatabaseClock
  log(line: string): void
  pool: WorkerPool
  concurrency: number
  mostRoots: number
  build: ProjectBuild
  /** Called when a run may be ready to start or to resume. */
  pump(): void
  /** Called when something becomes due at this time. */
  wakeAt(date: Date): void
}): Engine {
  let { build, apiUrl } = options
  let stopping = false
  const queues = new Map<string, QueueRow>()
  const manifest = () => build.manifest
  const limits: Limits = {
    queues,
    manifest,
    concurrency: options.concurrency,
    mostRoots: options.mostRoots,
  }
  const engine: Engine = {
    hostId: options.hostId,
    secretKey: options.secretKey,
    get apiUrl() {
      return apiUrl
    },
    directory: options.directory,
    db: options.db,
    now: options.clock.now,
    syncClock: options.clock.sync,
    log: options.log,
    pool: options.pool,
    queues,
    limits,
    slots: new Slots(),
    served: new ServedOrder(),
    active: new Map<string, ActiveRun>(),
    waits: new OpenWaits(() => options.pump()),
    cancelRequested: new Set<string>(),
    manifest,
    build: () => build,
    version: () => build.version,
    isStopping: () => stopping,
    onCreated: (run: RunRow) => announceRun(engine, run),
    pump: options.pump,
    wakeAt: options.wakeAt,
    use(next) {
      build = next
    },
    serveAt(address) {
      apiUrl = address
    },
    beginStop() {
      stopping = true
    },
  }
  return engine
}
