/** Messages between the PGlite thread and the gateway. */
export interface EngineStart {
  dataDirectory: string
  fsync: boolean
}

/** A Uint8Array is a batch to run; `close` ends the session cleanly. */
export type EngineRequest = Uint8Array<ArrayBuffer> | 'close'

export type EngineReply =
  | { kind: 'ready'; rows: (string | null)[][] }
  /** A part of a long answer. */
  | { kind: 'part'; bytes: Uint8Array<ArrayBuffer> }
  /** The last (usually the only) part: the batch is finished. */
  | { kind: 'done'; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'closed' }
  | { kind: 'broken'; reason: string }
