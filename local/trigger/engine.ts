import type { CompletedWaitpoint } from '@trigger.dev/core/v3'

import type { ProjectBuild } from './build-project.ts'
import type { Slots } from './execution/count-slots.ts'
import type { Delivery } from './execution/deliver-runs.ts'
import type { Database } from './open-database.ts'
import type { QueueState } from './queues/load-queues.ts'
import type { RunRow } from './runs/run-row.ts'
import type { Worker } from './workers/start-worker.ts'
import type { WorkerPool } from './workers/worker-pool.ts'

/** A run whose attempt is in one of this host's workers. */
export interface ActiveRun {
  run: RunRow
  jobId: string
  worker: Worker
  build: ProjectBuild
  /** Waits the attempt has open, by what they wait for. They end with the attempt. */
  openWaits: Set<string>
  /** True while the run waits for others and has given its slots back. */
  suspended: boolean
  /** Waitpoints held back until the run has its slots again. */
  heldWaitpoints: CompletedWaitpoint[]
  /** Ends when the last change of status that readers see is written. */
  statusWritten: Promise<void>
  suspendedMs: number
  suspendedSince: number | undefined
  cancel(): void
  shutDown(): void
}

/** A run that has left the line and holds its slots, but has no attempt yet. */
export interface Admitted {
  sinceMs: number
  taskId: string
  machine: string | null
}

/** Somebody waiting for a run or a waitpoint. */
export interface Waiter {
  parentId: string
  attempt: number
  batch?: { id: string; index: number }
}

/** Everything the engine's parts share. One engine per process, one process per database. */
export interface Engine {
  hostId: string
  secretKey: string
  apiUrl: string
  directory: string
  projectDir: string
  workerEnvironment: Record<string, string>
  db: Database
  delivery: Delivery
  pool: WorkerPool
  slots: Slots
  /** Most runs of one task that no other run started and that have a process, waiting ones included. */
  mostRoots: number
  build: ProjectBuild
  queues: Map<string, QueueState>
  active: Map<string, ActiveRun>
  /** Runs taken from the line whose attempt has not begun. */
  admitted: Map<string, Admitted>
  /** When a run of each line and each owner was last taken, in ms. */
  served: Map<string, number>
  /** Runs somebody asked to cancel while they were on their way to a worker. */
  cancelling: Set<string>
  waiters: Map<string, Waiter[]>
  /** Suspended runs that may go on as soon as they have their slots. */
  resumable: ActiveRun[]
  stopping: boolean
  now(): Date
  log(line: string): void
  /** Something may be ready to start: look soon. */
  pump(): void
  /** Something becomes due at this time: look then. */
  wakeAt(date: Date): void
}
