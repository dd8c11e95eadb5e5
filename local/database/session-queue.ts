import { EventEmitter } from 'node:events'
import { buildQuery } from './build-messages.ts'
import type { Engine } from './engine.ts'
import type { ChannelChange, Refusal } from './guard-sql.ts'
import { Housekeeper } from './housekeeper.ts'
import { Notifications } from './notifications.ts'
import { quoteName } from './quote-name.ts'
import { ReplyReader, type SessionStatus } from './read-replies.ts'

/** Whole messages of one client up to a Sync, a simple Query or a Flush, run without anything in between. */
export interface Batch {
  bytes: Uint8Array<ArrayBuffer>
  refusal: Refusal | null
  channelChanges: ChannelChange[]
  /** Begins with a Parse the client has sent before and does not expect an answer to. */
  repeatsParse: boolean
}

export interface SessionClient {
  /** Whether there is something to run, given the status the client left the session in. */
  hasBatch(status: SessionStatus): boolean
  takeBatch(status: SessionStatus): Batch | null
  deliver(bytes: Buffer): void
  /** Ends the client with a FATAL error. */
  evict(code: string, message: string): void
}

interface QueueEvents {
  stuck: [runningMs: number]
}

/**
 * Shares the one session. A client keeps it from its first batch until Postgres is outside a transaction again;
 * the others wait in line, one turn each, so that nobody's transaction is ever mixed with another's.
 */
export class SessionQueue extends EventEmitter<QueueEvents> {
  readonly #engine: Engine
  readonly #waiting = new Set<SessionClient>()
  readonly #notifications = new Notifications<SessionClient>()
  readonly housekeeper: Housekeeper
  #running: SessionClient | null = null
  #pinned: SessionClient | null = null
  #status: SessionStatus = 'idle'
  #since = performance.now()
  #uncommittedChanges: ChannelChange[] = []
  #stopped = false
  batchesRun = 0

  constructor(engine: Engine) {
    super()
    this.#engine = engine
    this.housekeeper = new Housekeeper((client) => this.enqueue(client))
  }

  /** Puts the client in line when it has something to run. Safe to call at any time. */
  enqueue(client: SessionClient): void {
    if (client !== this.#pinned && client !== this.#running) this.#waiting.add(client)
    this.#pump()
  }

  /** For a client that has gone: takes it off its channels and gives it a turn to tidy up behind itself. */
  leave(client: SessionClient): void {
    this.#silence(this.#notifications.leave(client))
    this.enqueue(client)
  }

  /** Whether anyone uses or waits for the session now. */
  get busy(): boolean {
    return this.#running !== null || this.#pinned !== null || this.#waiting.size > 0
  }

  /** Ends a client that sits in a transaction without using it, and reports a statement that never ends. */
  watch(limits: { idleMs: number; statementMs: number }): void {
    const elapsedMs = performance.now() - this.#since
    if (this.#running !== null) {
      if (elapsedMs > limits.statementMs) this.emit('stuck', elapsedMs)
    } else if (this.#pinned !== null && elapsedMs > limits.idleMs) {
      this.#pinned.evict('25P03', `the transaction was left idle for more than ${limits.idleMs} ms`)
    }
  }

  /** Runs nothing more; resolves when the batch under way has ended, with the status it left. */
  async stop(): Promise<SessionStatus> {
    this.#stopped = true
    while (this.#running !== null) await new Promise((resolve) => setTimeout(resolve, 5))
    return this.#status
  }

  #pump(): void {
    while (this.#running === null && !this.#stopped) {
      const client = this.#pinned ?? this.#nextWaiting()
      if (client === null) return
      const batch = client.hasBatch(this.#status) ? client.takeBatch(this.#status) : null
      if (batch !== null) this.#run(client, batch)
      else if (client === this.#pinned) return
    }
  }

  #nextWaiting(): SessionClient | null {
    for (const client of this.#waiting) {
      this.#waiting.delete(client)
      return client
    }
    return null
  }

  #run(client: SessionClient, batch: Batch): void {
    this.#running = client
    this.#since = performance.now()
    this.batchesRun += 1
    const reader = new ReplyReader(batch, (message) => this.#notifications.route(message, client))
    this.#engine.run(batch.bytes, (bytes, last) => {
      const pieces = reader.push(bytes)
      if (last) this.#settle(client, batch, reader)
      for (const piece of pieces) client.deliver(piece)
      if (last) this.#pump()
    })
  }

  #settle(client: SessionClient, batch: Batch, reader: ReplyReader): void {
    this.#running = null
    this.#since = performance.now()
    this.#status = reader.status
    if (batch.channelChanges.length > 0) this.#uncommittedChanges.push(...batch.channelChanges)
    if (reader.status !== 'idle') {
      this.#pinned = client
      return
    }
    this.#pinned = null
    if (this.#uncommittedChanges.length > 0) {
      const changes = this.#uncommittedChanges
      this.#uncommittedChanges = []
      if (!reader.failed && !reader.rolledBack) {
        for (const change of changes) this.#silence(this.#notifications.apply(client, change))
      }
    }
    if (client.hasBatch('idle')) this.#waiting.add(client)
  }

  #silence(channels: string[]): void {
    for (const channel of channels) {
      this.housekeeper.add(() =>
        // Someone may have begun to listen between the decision and this turn.
        this.#notifications.isHeard(channel) ? null : buildQuery(`UNLISTEN ${quoteName(channel)}`),
      )
    }
  }
}
