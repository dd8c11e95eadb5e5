import type { ProjectBuild } from '../build/build-project.ts'
import type { RunRow } from '../model/run-row.ts'
import type { AttemptWaits } from '../waits/open-waits.ts'
import type { Worker } from '../workers/start-worker.ts'

/** A run with an attempt in one of this host's workers. */
export interface ActiveRun {
  /** The run as it was when the attempt began. */
  readonly run: RunRow
  readonly worker: Worker
  readonly build: ProjectBuild
  readonly waits: AttemptWaits
  /** How long the attempt has been suspended so far, in ms. */
  suspendedMs: number
  /** When the current wait began, by the monotonic clock in ms; undefined while the attempt works. */
  suspendedSinceMs: number | undefined
  /** Resolves when the last status change is stored. */
  statusStored: Promise<void>
  cancel(): void
  shutDown(): void
}
