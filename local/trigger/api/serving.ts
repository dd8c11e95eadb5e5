import type { Store } from '../database/store.ts'
import type { Cancelling } from '../execution/cancel-run.ts'
import type { QueueRow } from '../model/queue-row.ts'
import type { RunCreation } from '../runs/create-run.ts'
import type { OpenWaits } from '../waits/open-waits.ts'

/** Everything that the routes of the API need. */
export interface Serving extends Store, RunCreation, Cancelling {
  hostId: string
  secretKey: string
  /** The address of the API, with which signed addresses begin. */
  readonly apiUrl: string
  /** The folder of the engine's files. */
  directory: string
  queues: Map<string, QueueRow>
  waits: OpenWaits
  version(): string
  pump(): void
  wakeAt(date: Date): void
  log(line: string): void
}
