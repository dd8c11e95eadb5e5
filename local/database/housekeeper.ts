import { backend, buildQuery } from './build-messages.ts'
import { MessageFramer } from './frame-messages.ts'
import type { Batch, SessionClient } from './session-queue.ts'

interface Chore {
  /** Built when its turn comes; null when there is nothing to do any more. */
  build: () => Buffer | null
  done: (rows: (string | null)[][], error: string | null) => void
}

const maxReplyBytes = 64 * 1024 * 1024
const dataRow = 0x44

/** The gateway's own client of the session: it waits in line like everyone else. */
export class Housekeeper implements SessionClient {
  readonly #enqueue: (client: SessionClient) => void
  readonly #chores: Chore[] = []
  #current: Chore | null = null
  #framer = new MessageFramer(maxReplyBytes)
  #rows: (string | null)[][] = []
  #error: string | null = null

  constructor(enqueue: (client: SessionClient) => void) {
    this.#enqueue = enqueue
  }

  /** Runs the message `build` gives when its turn comes, without an answer to anyone. */
  add(build: () => Buffer | null): void {
    this.#chores.push({ build, done: () => undefined })
    this.#enqueue(this)
  }

  /** Runs one statement and returns its rows as text. */
  query(sql: string): Promise<(string | null)[][]> {
    return new Promise((resolve, reject) => {
      this.#chores.push({
        build: () => buildQuery(sql),
        done: (rows, error) => (error === null ? resolve(rows) : reject(new Error(`${sql}: ${error}`))),
      })
      this.#enqueue(this)
    })
  }

  hasBatch(): boolean {
    return this.#chores.length > 0
  }

  takeBatch(): Batch | null {
    for (;;) {
      const chore = this.#chores.shift()
      if (chore === undefined) return null
      const message = chore.build()
      if (message === null) {
        chore.done([], null)
        continue
      }
      this.#current = chore
      this.#rows = []
      this.#error = null
      return { bytes: new Uint8Array(message), refusal: null, channelChanges: [], repeatsParse: false }
    }
  }

  deliver(bytes: Buffer): void {
    for (const message of this.#framer.push(bytes)) {
      if (message.type === dataRow) this.#rows.push(readRow(message.bytes))
      if (message.type === backend.error) this.#error = readErrorText(message.bytes)
      if (message.type === backend.readyForQuery) {
        const chore = this.#current
        this.#current = null
        chore?.done(this.#rows, this.#error)
      }
    }
  }

  evict(): void {
    throw new Error('the gateway left its own transaction open')
  }
}

function readRow(message: Buffer): (string | null)[] {
  const row: (string | null)[] = []
  let offset = 7
  for (let column = message.readInt16BE(5); column > 0; column -= 1) {
    const sizeBytes = message.readInt32BE(offset)
    offset += 4
    row.push(sizeBytes < 0 ? null : message.toString('utf8', offset, offset + sizeBytes))
    offset += Math.max(0, sizeBytes)
  }
  return row
}

function readErrorText(message: Buffer): string {
  const fields = message.toString('utf8', 5).split('\0')
  return fields.find((field) => field.startsWith('M'))?.slice(1) ?? 'unknown error'
}
