import { buildMessage, buildQuery, frontend } from './build-messages.ts'
import type { Refusal } from './check-setting.ts'
import { FramingError, type WireMessage } from './frame-messages.ts'
import { editSql, guardSql, refusedSql } from './guard-sql.ts'
import { readName, type StatementNames } from './name-statements.ts'
import type { Batch } from './session-client.ts'
import { hasEffects, type SqlEffects } from './sql-effects.ts'
import { EffectTracker } from './track-effects.ts'

export interface ClientBatch extends Batch {
  /** Ends with a Sync or is a simple Query, so its answer ends with ReadyForQuery. */
  isWhole: boolean
}

const letterS = 0x53

/** Collects the messages of one client into batches, checks their SQL and prefixes their statement names. */
export class BatchBuilder {
  readonly #names: StatementNames
  readonly #tracker = new EffectTracker()
  #parts: Buffer[] = []
  #refusal: Refusal | null = null
  #effects: SqlEffects[] = []
  /** The unnamed statement of this client; another client's Parse may have replaced it in the session. */
  #unnamedParse: Buffer | null = null
  #unnamedIsFresh = false
  #repeatsParse = false

  constructor(names: StatementNames) {
    this.#names = names
  }

  /** Adds a message; returns the batch that it completes. Throws FramingError for an unknown message type. */
  add(message: WireMessage): ClientBatch | null {
    switch (message.type) {
      case frontend.query: {
        this.#unnamedParse = null
        const guarded = this.#guard(message, 5)
        this.#note(guarded.effects)
        this.#collect(guarded.message)
        return this.#finish(true)
      }
      case frontend.parse:
        this.#addParse(message)
        return null
      case frontend.bind: {
        const portal = readName(message.bytes, 5)
        const statement = readName(message.bytes, portal.end)
        if (statement.text === '') this.#repeatUnnamedParse()
        this.#tracker.bind(portal.text, statement.text)
        this.#collect(message)
        return null
      }
      case frontend.describe:
        if (message.bytes[5] === letterS && message.bytes[6] === 0) this.#repeatUnnamedParse()
        this.#collect(message)
        return null
      case frontend.execute:
        this.#note(this.#tracker.execute(readName(message.bytes, 5).text))
        this.#collect(message)
        return null
      case frontend.close:
        if (message.bytes[5] === letterS) this.#tracker.closeStatement(readName(message.bytes, 6).text)
        this.#collect(message)
        return null
      case frontend.sync:
      case frontend.flush:
        this.#collect(message)
        return this.#finish(message.type === frontend.sync)
      case frontend.functionCall:
        this.#refusal ??= functionCallRefusal
        this.#collect({ type: frontend.query, bytes: buildQuery(refusedSql) })
        return this.#finish(true)
      case frontend.copyData:
      case frontend.copyDone:
      case frontend.copyFail:
        // Part of a COPY that was refused. Postgres ignores these messages outside a COPY too.
        return null
      default:
        throw new FramingError(`message type ${message.type} is unknown`)
    }
  }

  /** Drops the messages that do not form a batch yet. */
  discard(): void {
    this.#parts = []
  }

  #addParse(message: WireMessage): void {
    const name = readName(message.bytes, 5)
    const guarded = this.#guard(message, name.end)
    this.#tracker.parse(name.text, guarded.effects)
    if (name.text === '') {
      this.#unnamedParse = guarded.message.bytes
      this.#unnamedIsFresh = true
    }
    this.#collect(guarded.message)
  }

  #guard(message: WireMessage, sqlStart: number): { message: WireMessage; effects: SqlEffects } {
    const sql = readName(message.bytes, sqlStart)
    const verdict = guardSql(sql.text)
    if (verdict.refusal !== null) this.#refusal ??= verdict.refusal
    const { refusal, edits, effects } = verdict
    if (refusal === null && edits.length === 0) return { message, effects }
    const text = refusal === null ? editSql(sql.text, edits, this.#names) : refusedSql
    const before = message.bytes.subarray(5, sqlStart)
    const bytes = buildMessage(message.type, before, text, message.bytes.subarray(sql.end))
    return { message: { type: message.type, bytes }, effects }
  }

  #note(effects: SqlEffects): void {
    if (hasEffects(effects)) this.#effects.push(effects)
  }

  /** Repeats the Parse when a client uses its unnamed statement in a later batch than the one that made it. */
  #repeatUnnamedParse(): void {
    if (this.#unnamedIsFresh || this.#unnamedParse === null) return
    this.#unnamedIsFresh = true
    this.#repeatsParse = true
    this.#parts.unshift(this.#unnamedParse)
  }

  #collect(message: WireMessage): void {
    this.#parts.push(this.#names.rewrite(message.type, message.bytes))
  }

  #finish(isWhole: boolean): ClientBatch {
    const batch = {
      bytes: joinMessages(this.#parts),
      refusal: this.#refusal,
      effects: this.#effects,
      repeatsParse: this.#repeatsParse,
      onAnswer: null,
      needsSettings: true,
      isWhole,
    }
    this.#parts = []
    this.#refusal = null
    this.#effects = []
    this.#unnamedIsFresh = false
    this.#repeatsParse = false
    return batch
  }
}

export function joinMessages(messages: Buffer[]): Uint8Array<ArrayBuffer> {
  let sizeBytes = 0
  for (const message of messages) sizeBytes += message.length
  const bytes = new Uint8Array(sizeBytes)
  let offset = 0
  for (const message of messages) {
    bytes.set(message, offset)
    offset += message.length
  }
  return bytes
}

const functionCallRefusal: Refusal = {
  message: 'the function call message is not available on the embedded database',
  hint: 'Call the function in a SELECT.',
}
