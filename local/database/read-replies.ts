import { backend, buildError } from './build-messages.ts'
import type { Refusal } from './check-setting.ts'
import { refusedSql } from './guard-sql.ts'

/** How a batch leaves the session: a ReadyForQuery status, or `open` when no ReadyForQuery came. */
export type SessionStatus = 'idle' | 'inTransaction' | 'failed' | 'open'

const statuses: Record<number, SessionStatus> = { 73: 'idle', 84: 'inTransaction', 69: 'failed' }
const refusedBytes = Buffer.from(refusedSql)
const cancelledCode = Buffer.from('C57014\0')
const nothing = Buffer.alloc(0)
const letterR = 0x52
const letterO = 0x4f

/**
 * Reads what Postgres answers to one batch: notes the status it ends with, takes notifications out, and passes
 * everything else on in whole messages and as few pieces as possible.
 */
export class ReplyReader {
  readonly #refusal: Refusal | null
  #hidesParse: boolean
  readonly #onNotification: (message: Buffer) => boolean
  #rest: Buffer | null = null
  status: SessionStatus = 'open'
  failed = false
  /** The last command was ROLLBACK, so nothing of the transaction counts. */
  rolledBack = false
  /** Says why the batch was cancelled; Postgres itself cannot know. */
  cancelMessage: string | null = null

  /** `onNotification` gets each notification and returns whether this client should see it in place. */
  constructor(
    batch: { refusal: Refusal | null; repeatsParse: boolean },
    onNotification: (message: Buffer) => boolean,
  ) {
    this.#refusal = batch.refusal
    this.#hidesParse = batch.repeatsParse
    this.#onNotification = onNotification
  }

  /** Returns the pieces to pass on to the client. */
  push(chunk: Buffer): Buffer[] {
    const data = this.#rest === null ? chunk : Buffer.concat([this.#rest, chunk])
    const pieces: Buffer[] = []
    let offset = 0
    let kept = 0
    while (data.length - offset >= 5) {
      const end = offset + data.readUInt32BE(offset + 1) + 1
      if (end > data.length) break
      const instead = this.#inspect(data, offset, end)
      if (instead !== null) {
        if (offset > kept) pieces.push(data.subarray(kept, offset))
        if (instead.length > 0) pieces.push(instead)
        kept = end
      }
      offset = end
    }
    if (offset > kept) pieces.push(data.subarray(kept, offset))
    this.#rest = offset === data.length ? null : data.subarray(offset)
    return pieces
  }

  /** Returns what to send in place of the message, or null to let it through. */
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
