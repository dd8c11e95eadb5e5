/** What the thread that owns PGlite and the gateway say to each other. */
export interface EngineStart {
  dataDirectory: string
  fsync: boolean
}

/** A Uint8Array is a batch to run; `close` ends the session cleanly. */
export type EngineRequest = Uint8Array<ArrayBuffer> | 'close'

export type EngineReply =
  | { kind: 'ready'; parameters: [name: string, value: string][] }
  /** A part of a long answer. */
  | { kind: 'part'; bytes: Uint8Array<ArrayBuffer> }
  /** The last (usually the only) part: the batch is finished. */
  | { kind: 'done'; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'closed' }
  | { kind: 'broken'; reason: string }
