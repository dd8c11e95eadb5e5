import { backend, buildError } from './build-messages.ts'
import type { Refusal } from './check-setting.ts'
import { refusedSql } from './guard-sql.ts'

/** The state of the session after a batch: a ReadyForQuery status, or `open` when no ReadyForQuery came. */
export type SessionStatus = 'idle' | 'inTransaction' | 'failed' | 'open'

const statuses: Record<number, SessionStatus> = { 73: 'idle', 84: 'inTransaction', 69: 'failed' }
const refusedBytes = Buffer.from(refusedSql)
const cancelledCode = Buffer.from('C57014\0')
const nothing = Buffer.alloc(0)
const letterR = 0x52
const letterO = 0x4f

/**
 * Reads what Postgres answers to one batch: records the final status, removes notifications, and passes on
 * everything else in complete messages and as few pieces as possible.
 */
export class ReplyReader {
  readonly #refusal: Refusal | null
  #hidesParse: boolean
  readonly #onNotification: (message: Buffer) => boolean
  #rest: Buffer | null = null
  status: SessionStatus = 'open'
  failed = false
  /** The last command was ROLLBACK, so the changes of the transaction do not count. */
  rolledBack = false
  /** Why the batch was cancelled; replaces the message of Postgres. */
  cancelMessage: string | null = null

  /** `onNotification` receives each notification and returns whether it stays in this client's answer. */
  constructor(
    batch: { refusal: Refusal | null; repeatsParse: boolean },
    onNotification: (message: Buffer) => boolean,
  ) {
    this.#refusal = batch.refusal
    this.#hidesParse = batch.repeatsParse
    this.#onNotification = onNotification
  }

  /** Returns the pieces to send to the client. */
  push(chunk: Buffer): Buffer[] {
    const data = this.#rest === null ? chunk : Buffer.concat([this.#rest, chunk])
    const pieces: Buffer[] = []
    let offset = 0
    let kept = 0
    while (data.length - offset >= 5) {
      const end = offset + data.readUInt32BE(offset + 1) + 1
      if (end > data.length) break
      const replacement = this.#inspect(data, offset, end)
      if (replacement !== null) {
        if (offset > kept) pieces.push(data.subarray(kept, offset))
        if (replacement.length > 0) pieces.push(replacement)
        kept = end
      }
      offset = end
    }
    if (offset > kept) pieces.push(data.subarray(kept, offset))
    this.#rest = offset === data.length ? null : data.subarray(offset)
    return pieces
  }

  /** Returns what to send in place of the message, or null to keep it. */
  #inspect(data: Buffer, offset: number, end: number): Buffer | null {
    switch (data[offset]) {
      case backend.readyForQuery:
        this.status = statuses[data[offset + 5] ?? 0] ?? 'open'
        return null
      case backend.commandComplete:
        this.rolledBack = data[offset + 5] === letterR && data[offset + 6] === letterO
        return null
      case backend.error:
        this.failed = true
        if (this.cancelMessage !== null && data.subarray(offset, end).includes(cancelledCode)) {
          return buildError('ERROR', '57014', this.cancelMessage)
        }
        if (this.#refusal === null || !data.subarray(offset, end).includes(refusedBytes)) return null
        return buildError('ERROR', '0A000', this.#refusal.message, this.#refusal.hint)
      case backend.parseComplete:
        if (!this.#hidesParse) return null
        this.#hidesParse = false
        return nothing
      case backend.notification:
        return this.#onNotification(data.subarray(offset, end)) ? null : nothing
      default:
        return null
    }
  }
}
