import { buildQuery } from './build-messages.ts'
import type { Answer } from './read-answer.ts'
import type { Batch, SessionClient } from './session-client.ts'
import type { SessionSettings } from './session-settings.ts'

interface OwnStatement {
  /** Called when its turn comes; null when there is nothing left to do. */
  build: () => Buffer | null
  done: (answer: Answer) => void
}

/** The gateway's own client of the session. It waits in the queue like any other client. */
export class OwnClient implements SessionClient {
  readonly #enqueue: (client: SessionClient) => void
  readonly #statements: OwnStatement[] = []
  readonly customNames = new Set<string>()
  readonly unsentBytes = 0
  settings: SessionSettings

  constructor(settings: SessionSettings, enqueue: (client: SessionClient) => void) {
    this.settings = settings
    this.#enqueue = enqueue
  }

  /** Runs the message that `build` returns when its turn comes, and ignores the answer. */
  add(build: () => Buffer | null): void {
    this.#statements.push({ build, done: () => undefined })
    this.#enqueue(this)
  }

  /** Runs one statement and returns its rows as text. */
  query(sql: string): Promise<(string | null)[][]> {
    return new Promise((resolve, reject) => {
      this.#statements.push({
        build: () => buildQuery(sql),
        done: ({ rows, error }) =>
          error === null ? resolve(rows) : reject(new Error(`${sql}: ${error.message}`)),
      })
      this.#enqueue(this)
    })
  }

  hasBatch(): boolean {
    return this.#statements.length > 0
  }

  takeBatch(): Batch | null {
    for (;;) {
      const statement = this.#statements.shift()
      if (statement === undefined) return null
      const message = statement.build()
      if (message === null) {
        statement.done({ rows: [], error: null })
        continue
      }
      return {
        bytes: new Uint8Array(message),
        refusal: null,
        effects: [],
        repeatsParse: false,
        onAnswer: statement.done,
        needsSettings: true,
      }
    }
  }

  deliver(): void {
    throw new Error('the answer belongs to the statement')
  }

  /** No client can cancel the gateway's own work. */
  cancelWaiting(): void {}

  evict(code: string, message: string): void {
    throw new Error(`the gateway could not use its own session (${code}): ${message}`)
  }
}
