import type { Refusal } from './check-setting.ts'
import type { Answer } from './read-answer.ts'
import type { SessionStatus } from './read-replies.ts'
import type { SessionSettings } from './session-settings.ts'
import type { SqlEffects } from './sql-effects.ts'

/** Complete messages of one client up to a Sync, a simple Query or a Flush. No other messages run in between. */
export interface Batch {
  bytes: Uint8Array<ArrayBuffer>
  refusal: Refusal | null
  effects: SqlEffects[]
  /** Begins with a Parse that the client has sent before, and expects no answer to now. */
  repeatsParse: boolean
  /** Receives the answer instead of the client. */
  onAnswer: ((answer: Answer) => void) | null
  /** Whether the session must have the client's settings; false for a batch that only cleans up. */
  needsSettings: boolean
}

/** What the queue needs of a client that shares the session. */
export interface SessionClient {
  /** The session settings of the client; the queue updates them. */
  settings: SessionSettings
  /** Names such as `app.tenant` that the client has set; the queue adds to them. */
  readonly customNames: Set<string>
  /** Bytes of output that the client has not received yet. */
  readonly unsentBytes: number
  /** Whether there is something to run, given the status in which the client left the session. */
  hasBatch(status: SessionStatus): boolean
  takeBatch(status: SessionStatus): Batch | null
  deliver(bytes: Buffer): void
  /** Answers the first waiting batch as cancelled if that is possible without the session. */
  cancelWaiting(): void
  /** Ends the client with a FATAL error. */
  evict(code: string, message: string): void
}
