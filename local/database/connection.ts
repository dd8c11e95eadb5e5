import type { Socket } from 'node:net'
import { BatchBuilder, type ClientBatch, joinMessages } from './build-batches.ts'
import {
  buildCloseStatement,
  buildError,
  buildQuery,
  buildReadyForQuery,
  failingParse,
  frontend,
  syncMessage,
} from './build-messages.ts'
import { FramingError, MessageFramer, type WireMessage } from './frame-messages.ts'
import { buildSessionStart, Login, type LoginContext } from './login.ts'
import { StatementNames } from './name-statements.ts'
import type { Answer } from './read-answer.ts'
import type { SessionStatus } from './read-replies.ts'
import type { Batch, SessionClient } from './session-client.ts'
import type { SessionQueue } from './session-queue.ts'
import {
  parametersSql,
  readParameters,
  readSettings,
  type SessionSettings,
  settingsSql,
} from './session-settings.ts'

const maxMessageBytes = 256 * 1024 * 1024
const maxQueuedBytes = 16 * 1024 * 1024

/** One client connection: collects its messages into batches and queues them. */
export class Connection implements SessionClient {
  readonly #socket: Socket
  readonly #queue: SessionQueue
  readonly #context: LoginContext
  readonly #names: StatementNames
  readonly #builder: BatchBuilder
  readonly #framer = new MessageFramer(maxMessageBytes)
  readonly #batches: ClientBatch[] = []
  readonly customNames = new Set<string>()
  #login: Login | null
  #settings: SessionSettings
  /** The settings of the client's start-up packet: RESET restores them. */
  #startup: SessionSettings = new Map()
  /** The settings of the start-up packet have not been applied yet. */
  #isStarting = false
  #queuedBytes = 0
  /** Nothing more is read. Complete batches still run unless the client disconnected. */
  #ending = false
  #isClosed = false

  constructor(socket: Socket, queue: SessionQueue, context: LoginContext, settings: SessionSettings) {
    this.#socket = socket
    this.#queue = queue
    this.#context = context
    this.#settings = settings
    this.#names = new StatementNames(context.connectionId)
    this.#builder = new BatchBuilder(this.#names)
    this.#login = new Login(context, socket)
    socket.setNoDelay(true)
    socket.on('data', (chunk) => this.#receive(chunk))
    socket.on('drain', () => this.#readOn())
    socket.on('error', () => this.#vanish())
    socket.on('close', () => this.#vanish())
  }

  get settings(): SessionSettings {
    return this.#settings
  }

  set settings(settings: SessionSettings) {
    const missing = [...this.#startup].filter(([name]) => !settings.has(name))
    this.#settings = missing.length === 0 ? settings : new Map([...missing, ...settings])
  }

  get unsentBytes(): number {
    return this.#socket.writableLength
  }

  hasBatch(status: SessionStatus): boolean {
    if (this.#isStarting && !this.#isClosed) return true
    if (this.#batches.length > 0) return true
    return (this.#ending || this.#isClosed) && (status !== 'idle' || this.#names.existing.size > 0)
  }

  takeBatch(status: SessionStatus): Batch | null {
    if (this.#isStarting && !this.#isClosed) return this.#takeStart()
    const batch = this.#batches.shift()
    if (batch !== undefined) {
      this.#queuedBytes -= batch.bytes.length
      if (this.#batches.length === 0) this.#readOn()
      return batch
    }
    if (!this.#ending && !this.#isClosed) return null
    const messages = this.#cleanUp(status)
    return messages === null ? null : ownBatch(joinMessages(messages), null)
  }

  deliver(bytes: Buffer): void {
    if (this.#isClosed || this.#ending) return
    if (!this.#socket.write(bytes)) this.#socket.pause()
  }

  /** A batch without Sync stays queued: the client expects more than one answer to it. */
  cancelWaiting(): void {
    if (!this.#batches[0]?.isWhole) return
    const batch = this.#batches.shift()
    this.#queuedBytes -= batch?.bytes.length ?? 0
    const error = buildError('ERROR', '57014', 'canceling statement due to user request')
    this.deliver(Buffer.concat([error, buildReadyForQuery()]))
    this.#readOn()
  }

  evict(code: string, message: string): void {
    if (!this.#isClosed) this.#socket.end(buildError('FATAL', code, message))
    this.#vanish()
  }

  /** Applies the settings of the start-up packet before this batch; the queue ends the client if that fails. */
  #takeStart(): Batch {
    this.#isStarting = false
    const sql = `${settingsSql(this.customNames)} union all ${parametersSql}`
    const startSession = ({ rows, error }: Answer): void => {
      if (error !== null) {
        this.evict(error.code, error.message)
        return
      }
      this.#startup = readSettings(rows)
      this.#settings = this.#startup
      this.deliver(buildSessionStart(this.#context, readParameters(rows)))
    }
    return { ...ownBatch(new Uint8Array(buildQuery(sql)), startSession), needsSettings: true }
  }

  /** Returns the messages that remove everything this client left in the session, or null for nothing. */
  #cleanUp(status: SessionStatus): Buffer[] | null {
    if (status === 'open') return [failingParse, syncMessage]
    if (status !== 'idle') return [buildQuery('ROLLBACK')]
    if (this.#names.existing.size === 0) return null
    const messages = [...this.#names.existing].map(buildCloseStatement)
    this.#names.existing.clear()
    return [...messages, syncMessage]
  }

  #receive(chunk: Buffer): void {
    if (this.#ending || this.#isClosed) return
    try {
      if (this.#login !== null) {
        const accepted = this.#login.receive(chunk)
        if (accepted !== null) this.#begin(accepted)
        return
      }
      for (const message of this.#framer.push(chunk)) this.#accept(message)
    } catch (error) {
      if (!(error instanceof FramingError || error instanceof RangeError)) throw error
      this.evict('08P01', `this is not the Postgres protocol: ${error.message}`)
    }
  }

  #begin(startup: Map<string, string>): void {
    this.#login = null
    if (startup.size === 0) {
      this.deliver(buildSessionStart(this.#context, this.#context.parameters))
      return
    }
    for (const name of startup.keys()) if (name.includes('.')) this.customNames.add(name)
    this.#settings = new Map([...this.#settings, ...startup])
    this.#isStarting = true
    this.#queue.enqueue(this)
  }

  #accept(message: WireMessage): void {
    if (this.#ending || this.#isClosed) return
    if (message.type === frontend.terminate) {
      this.#end()
      return
    }
    const batch = this.#builder.add(message)
    if (batch === null) return
    this.#batches.push(batch)
    this.#queuedBytes += batch.bytes.length
    if (this.#queuedBytes > maxQueuedBytes) this.#socket.pause()
    this.#queue.enqueue(this)
  }

  #readOn(): void {
    if (!this.#isClosed && !this.#socket.writableNeedDrain && this.#queuedBytes <= maxQueuedBytes)
      this.#socket.resume()
  }

  /** After a Terminate message: batches received before it still run, then the session is cleaned up. */
  #end(): void {
    this.#ending = true
    this.#builder.discard()
    this.#socket.end()
    this.#queue.leave(this)
  }

  /** After a disconnect: batches that have not started are dropped. */
  #vanish(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    if (!this.#ending) {
      this.#batches.length = 0
      this.#queuedBytes = 0
    }
    this.#login?.cancel()
    this.#builder.discard()
    this.#socket.destroySoon()
    this.#queue.leave(this)
  }
}

/** A batch that the gateway runs for a client. */
function ownBatch(bytes: Uint8Array<ArrayBuffer>, onAnswer: Batch['onAnswer']): Batch {
  return { bytes, refusal: null, effects: [], repeatsParse: false, onAnswer, needsSettings: false }
}
