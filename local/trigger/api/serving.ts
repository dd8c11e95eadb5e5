import type { Store } from '../database/store.ts'
import type { Cancelling } from '../execution/cancel-run.ts'
import type { QueueRow } from '../model/queue-row.ts'
import type { RunCreation } from '../runs/create-run.ts'
import type { OpenWaits } from '../waits/open-waits.ts'

/** What the routes of the API need, together. Each route passes on what the function it calls needs. */
export interface Serving extends Store, RunCreation, Cancelling {
  hostId: string
  secretKey: string
  /** The address at which the API is served; signed addresses begin with it. */
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
