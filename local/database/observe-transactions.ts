import { channel } from 'node:diagnostics_channel'

/** The channel on which each transaction of several batches is published when it ends, for measurements. */
export const transactionChannel = 'selah:database-transaction'

/** How long a client kept the session, in ms, and the longest time in which it ran nothing. */
export interface ObservedTransaction {
  /** Its first statement that changes a table, such as `update runs`, or else the first one. */
  name: string
  heldMs: number
  longestPauseMs: number
  /** Whether other clients waited for the session when the longest pause ended. */
  blocked: boolean
}

const ended = channel(transactionChannel)
const decoder = new TextDecoder('latin1')
const table = String.raw`((?:"?\w+"?\.)?"?\w+"?)`
/** "For update", "for no key update" and "on conflict do update" change nothing or have named their table before. */
const change = new RegExp(
  String.raw`(?<!\bfor |\bkey |\bdo |\bon )\b(insert into|update|delete from)\s+${table}`,
  'i',
)
const reading = new RegExp(String.raw`\bfrom\s+${table}`, 'i')

/** Observes the transactions of the one session. Does nothing while no one measures. */
export class TransactionObserver {
  #sinceMs = 0
  #pauseSinceMs = 0
  #longestPauseMs = 0
  #blocked = false
  #name = ''
  #isChange = false

  startBatch(bytes: Uint8Array, { isFirst, isBlocking }: { isFirst: boolean; isBlocking: boolean }): void {
    if (!ended.hasSubscribers) return
    const now = performance.now()
    if (isFirst) {
      this.#sinceMs = now
      this.#longestPauseMs = 0
      this.#name = ''
      this.#isChange = false
    } else if (now - this.#pauseSinceMs > this.#longestPauseMs) {
      this.#longestPauseMs = now - this.#pauseSinceMs
      this.#blocked = isBlocking
    }
    if (!this.#isChange) this.#readName(decoder.decode(bytes))
  }

  endBatch({ isLast }: { isLast: boolean }): void {
    if (!ended.hasSubscribers) return
    this.#pauseSinceMs = performance.now()
    // Without a pause no one could wait for anything but the database.
    if (!isLast || this.#longestPauseMs === 0) return
    ended.publish({
      name: this.#name || 'nothing',
      heldMs: this.#pauseSinceMs - this.#sinceMs,
      longestPauseMs: this.#longestPauseMs,
      blocked: this.#blocked,
    } satisfies ObservedTransaction)
    this.#longestPauseMs = 0
  }

  #readName(sql: string): void {
    const [, verb = '', changed = ''] = change.exec(sql) ?? []
    if (changed !== '') {
      this.#name = `${verb.toLowerCase()} ${changed.replaceAll('"', '')}`
      this.#isChange = true
    } else if (this.#name === '') {
      const [, from = ''] = reading.exec(sql) ?? []
      if (from !== '') this.#name = `select from ${from.replaceAll('"', '')}`
    }
  }
}
