import { EventEmitter } from 'node:events'
import { buildQuery } from './build-messages.ts'
import type { Engine } from './engine.ts'
import { Notifications } from './notifications.ts'
import { TransactionObserver } from './observe-transactions.ts'
import { OwnClient } from './own-client.ts'
import { quoteName } from './quote-name.ts'
import { type Answer, AnswerReader } from './read-answer.ts'
import { ReplyReader, type SessionStatus } from './read-replies.ts'
import type { Batch, SessionClient } from './session-client.ts'
import { readSettings, type SessionSettings, settingsSql, switchSql } from './session-settings.ts'
import type { SqlEffects } from './sql-effects.ts'
import { readShownTimeouts, showTimeoutsSql, type TimeLimits, TransactionClock } from './transaction-clock.ts'

const noSettings: SessionSettings = new Map()

interface QueueEvents {
  stuck: [runningMs: number]
}

/**
 * Shares the one session. A client keeps it from its first batch until Postgres is outside a transaction again.
 * The other clients wait in a queue, one turn each, so that transactions of two clients are never mixed. Before
 * each turn the session gets the settings of the client.
 */
export class SessionQueue extends EventEmitter<QueueEvents> {
  readonly #engine: Engine
  readonly #waiting = new Set<SessionClient>()
  readonly #notifications = new Notifications<SessionClient>()
  readonly #clock: TransactionClock
  readonly #observer = new TransactionObserver()
  readonly ownClient: OwnClient
  #running: SessionClient | null = null
  #pinned: SessionClient | null = null
  #status: SessionStatus = 'idle'
  /** The current settings of the session; null when they are not known. */
  #applied: SessionSettings | null
  /** Reads the answer to the running batch; null while the gateway's own statements run. */
  #reader: ReplyReader | null = null
  /** The client cancelled while the session was being prepared for its batch. */
  #cancelled = false
  #transactionEffects: SqlEffects[] = []
  #stopped = false
  batchesRun = 0

  constructor(engine: Engine, limits: TimeLimits) {
    super()
    this.#engine = engine
    this.#applied = engine.settings
    this.#clock = new TransactionClock(limits, {
      cancel: (message) => this.#cancelStatement(message),
      stuck: (runningMs) => this.emit('stuck', runningMs),
    })
    this.ownClient = new OwnClient(engine.settings, (client) => this.enqueue(client))
  }

  /** Queues the client when it has something to run. Safe to call at any time. */
  enqueue(client: SessionClient): void {
    if (client !== this.#pinned && client !== this.#running) this.#waiting.add(client)
    this.#pump()
  }

  /** For a disconnected client: removes it from its channels and gives it a turn to clean up its session state. */
  leave(client: SessionClient): void {
    this.#unlisten(this.#notifications.leave(client))
    this.enqueue(client)
  }

  /** Ends the running statement of the client, or else its first waiting one, with an error. */
  cancel(client: SessionClient): void {
    if (client === this.#running) this.#cancelStatement('canceling statement due to user request')
    else if (client !== this.#pinned) client.cancelWaiting()
  }

  #cancelStatement(message: string): void {
    if (this.#reader === null) {
      this.#cancelled = true
      return
    }
    this.#reader.cancelMessage = message
    this.#engine.cancel()
  }

  /** Whether any client uses or waits for the session now. */
  get busy(): boolean {
    return this.#running !== null || this.#pinned !== null || this.#waiting.size > 0
  }

  /** Ends clients and statements that keep the session longer than allowed. Must be called regularly. */
  watch(): void {
    if (this.#running !== null) this.#clock.watchStatement()
    else if (this.#pinned !== null) this.#clock.watchPause(this.#pinned, this.#waiting.size > 0)
  }

  /** Starts no more batches; resolves when the running one has ended, with the status it left. */
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
      if (batch !== null) this.#prepare(client, batch)
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

  #prepare(client: SessionClient, batch: Batch): void {
    this.#running = client
    this.#cancelled = false
    const sql =
      this.#status === 'idle' && batch.needsSettings ? switchSql(this.#applied, client.settings) : null
    if (sql === null) {
      this.#run(client, batch)
      return
    }
    this.#runOwn(sql, ({ error }) => {
      if (error === null) {
        this.#applied = client.settings
        this.#run(client, batch)
        return
      }
      // The session is as it was before: the failed statements were one transaction.
      this.#running = null
      client.evict(error.code, error.message)
      this.#pump()
    })
  }

  #run(client: SessionClient, batch: Batch): void {
    this.batchesRun += 1
    // Before Postgres has accepted them, start-up settings may have any unit, such as 90s.
    const settings = batch.onAnswer === null ? client.settings : noSettings
    const isFirst = this.#status === 'idle'
    this.#clock.startStatement(settings, isFirst)
    this.#observer.startBatch(batch.bytes, { isFirst, isBlocking: this.#waiting.size > 0 })
    const reader = new ReplyReader(batch, (message) => this.#notifications.route(message, client))
    this.#reader = reader
    const answer = batch.onAnswer === null ? null : new AnswerReader()
    this.#engine.run(batch.bytes, (bytes, last) => {
      const pieces = reader.push(bytes)
      if (last) this.#endBatch(client, batch, reader)
      for (const piece of pieces) {
        if (answer === null) client.deliver(piece)
        else answer.push(piece)
      }
      if (!last) return
      if (answer !== null) batch.onAnswer?.(answer.answer)
      this.#readChanges(client, batch)
    })
    if (this.#cancelled) this.#cancelStatement('canceling statement due to user request')
  }

  #endBatch(client: SessionClient, batch: Batch, reader: ReplyReader): void {
    this.#clock.endStatement()
    this.#reader = null
    this.#status = reader.status
    this.#observer.endBatch({ isLast: reader.status === 'idle' })
    this.#transactionEffects.push(...batch.effects)
    if (reader.status !== 'idle') {
      this.#pinned = client
      return
    }
    this.#pinned = null
    if (reader.failed || reader.rolledBack) return
    for (const change of this.#transactionEffects.flatMap((effects) => effects.channelChanges)) {
      this.#unlisten(this.#notifications.apply(client, change))
    }
  }

  /** Reads settings that may have changed, then gives the next client its turn. */
  #readChanges(client: SessionClient, batch: Batch): void {
    if (this.#status === 'idle') {
      const changes = this.#transactionEffects.flatMap(({ settings }) => settings ?? [])
      this.#transactionEffects = []
      for (const name of changes.flatMap((change) => change.customNames)) client.customNames.add(name)
      if (changes.some((change) => change.session)) this.#readSessionSettings(client)
      else this.#endTurn(client)
      return
    }
    const mayChangeTimeouts = batch.effects.some(({ settings }) => settings !== null)
    if (this.#status !== 'inTransaction' || !mayChangeTimeouts) {
      this.#endTurn(client)
      return
    }
    this.#runOwn(showTimeoutsSql, ({ rows }) => {
      this.#clock.timeouts = readShownTimeouts(rows)
      this.#endTurn(client)
    })
  }

  #readSessionSettings(client: SessionClient): void {
    this.#runOwn(settingsSql(client.customNames), ({ rows, error }) => {
      this.#applied = error === null ? readSettings(rows) : null
      if (this.#applied === null) client.evict('XX000', 'the settings of the session could not be read')
      else client.settings = this.#applied
      this.#endTurn(client)
    })
  }

  #endTurn(client: SessionClient): void {
    this.#running = null
    if (this.#status === 'idle' && client.hasBatch('idle')) this.#waiting.add(client)
    this.#pump()
  }

  /** Runs statements of the gateway itself. */
  #runOwn(sql: string, onAnswer: (answer: Answer) => void): void {
    const reader = new AnswerReader()
    this.#engine.run(new Uint8Array(buildQuery(sql)), (bytes, last) => {
      reader.push(bytes)
      if (last) onAnswer(reader.answer)
    })
  }

  #unlisten(channels: string[]): void {
    for (const channel of channels) {
      this.ownClient.add(() =>
        // Another client may have started to listen in the meantime.
        this.#notifications.hasListeners(channel) ? null : buildQuery(`UNLISTEN ${quoteName(channel)}`),
      )
    }
  }
}
