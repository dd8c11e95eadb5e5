import { buildQuery } from './build-messages.ts'
import type { Answer } from './read-answer.ts'
import type { Batch, SessionClient } from './session-queue.ts'
import type { SessionSettings } from './session-settings.ts'

interface Chore {
  /** Built when its turn comes; null when there is nothing to do any more. */
  build: () => Buffer | null
  done: (answer: Answer) => void
}

/** The gateway's own client of the session: it waits in the queue like every other client. */
export class Housekeeper implements SessionClient {
  readonly #enqueue: (client: SessionClient) => void
  readonly #chores: Chore[] = []
  readonly customNames = new Set<string>()
  readonly unsentBytes = 0
  settings: SessionSettings

  constructor(settings: SessionSettings, enqueue: (client: SessionClient) => void) {
    this.settings = settings
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
        done: ({ rows, error }) =>
          error === null ? resolve(rows) : reject(new Error(`${sql}: ${error.message}`)),
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
        chore.done({ rows: [], error: null })
        continue
      }
      return {
        bytes: new Uint8Array(message),
        refusal: null,
        effects: [],
        repeatsParse: false,
        onAnswer: chore.done,
        needsSettings: true,
      }
    }
  }

  deliver(): void {
    throw new Error('the answer belongs to the chore')
  }

  /** No client can cancel the gateway's own work. */
  cancelWaiting(): void {}

  evict(code: string, message: string): void {
    throw new Error(`the gateway could not use its own session (${code}): ${message}`)
  }
}
