import type { Socket } from 'node:net'
import {
  buildCloseStatement,
  buildError,
  buildMessage,
  buildQuery,
  failingParse,
  frontend,
  syncMessage,
} from './build-messages.ts'
import { FramingError, MessageFramer, type WireMessage } from './frame-messages.ts'
import { type ChannelChange, guardSql, type Refusal, refusedSql } from './guard-sql.ts'
import { Login, type LoginContext } from './login.ts'
import { readName, StatementNames } from './name-statements.ts'
import type { SessionStatus } from './read-replies.ts'
import type { Batch, SessionClient, SessionQueue } from './session-queue.ts'

const maxMessageBytes = 256 * 1024 * 1024
const maxQueuedBytes = 16 * 1024 * 1024

/** One client on its socket: collects its messages into batches and hands them to the queue. */
export class Connection implements SessionClient {
  readonly #socket: Socket
  readonly #queue: SessionQueue
  readonly #names: StatementNames
  readonly #framer = new MessageFramer(maxMessageBytes)
  readonly #batches: Batch[] = []
  #login: Login | null
  #parts: Buffer[] = []
  #refusal: Refusal | null = null
  #channelChanges: ChannelChange[] = []
  /** The unnamed statement as this client knows it; another client's Parse may have replaced it since. */
  #unnamedParse: Buffer | null = null
  #unnamedIsFresh = false
  #repeatsParse = false
  #queuedBytes = 0
  /** No more is read; what was received whole still runs unless the client vanished. */
  #ending = false
  #gone = false

  constructor(socket: Socket, queue: SessionQueue, login: LoginContext & { connectionId: number }) {
    this.#socket = socket
    this.#queue = queue
    this.#names = new StatementNames(login.connectionId)
    this.#login = new Login(login, socket)
    socket.setNoDelay(true)
    socket.on('data', (chunk) => this.#receive(chunk))
    socket.on('drain', () => this.#readOn())
    socket.on('error', () => this.#vanish())
    socket.on('close', () => this.#vanish())
  }

  hasBatch(status: SessionStatus): boolean {
    if (this.#batches.length > 0) return true
    return (this.#ending || this.#gone) && (status !== 'idle' || this.#names.existing.size > 0)
  }

  takeBatch(status: SessionStatus): Batch | null {
    const batch = this.#batches.shift()
    if (batch !== undefined) {
      this.#queuedBytes -= batch.bytes.length
      if (this.#batches.length === 0) this.#readOn()
      return batch
    }
    if (!this.#ending && !this.#gone) return null
    const messages = this.#tidy(status)
    if (messages === null) return null
    return { bytes: joinMessages(messages), refusal: null, channelChanges: [], repeatsParse: false }
  }

  deliver(bytes: Buffer): void {
    if (this.#gone || this.#ending) return
    if (!this.#socket.write(bytes)) this.#socket.pause()
  }

  evict(code: string, message: string): void {
    if (!this.#gone) this.#socket.end(buildError('FATAL', code, message))
    this.#vanish()
  }

  /** What must run so that the next client finds a session as if this one had never been. */
  #tidy(status: SessionStatus): Buffer[] | null {
    if (status === 'open') return [failingParse, syncMessage]
    if (status !== 'idle') return [buildQuery('ROLLBACK')]
    if (this.#names.existing.size === 0) return null
    const messages = [...this.#names.existing].map(buildCloseStatement)
    this.#names.existing.clear()
    return [...messages, syncMessage]
  }

  #receive(chunk: Buffer): void {
    if (this.#ending || this.#gone) return
    try {
      const rest = this.#login === null ? chunk : this.#login.receive(chunk)
      if (rest === null) return
      this.#login = null
      for (const message of this.#framer.push(rest)) this.#accept(message)
    } catch (error) {
      if (!(error instanceof FramingError || error instanceof RangeError)) throw error
      this.evict('08P01', `this is not the Postgres protocol: ${error.message}`)
    }
  }

  #accept(message: WireMessage): void {
    if (this.#ending || this.#gone) return
    switch (message.type) {
      case frontend.query:
        this.#unnamedParse = null
        this.#collect(this.#guard(message, 5))
        this.#finishBatch()
        return
      case frontend.parse: {
        const name = readName(message.bytes, 5)
        const parse = this.#guard(message, name.end)
        if (name.text === '') this.#keepUnnamed(parse.bytes)
        this.#collect(parse)
        return
      }
      case frontend.bind:
      case frontend.describe:
        if (usesUnnamedStatement(message)) this.#bringUnnamedBack()
        this.#collect(message)
        return
      case frontend.execute:
      case frontend.close:
        this.#collect(message)
        return
      case frontend.sync:
      case frontend.flush:
        this.#collect(message)
        this.#finishBatch()
        return
      case frontend.functionCall:
        this.#refusal ??= functionCallRefusal
        this.#collect({ type: frontend.query, bytes: buildQuery(refusedSql) })
        this.#finishBatch()
        return
      case frontend.terminate:
        this.#end()
        return
      case frontend.copyData:
      case frontend.copyDone:
      case frontend.copyFail:
        // Left over from a COPY that was refused; Postgres too drops them outside a COPY.
        return
      default:
        throw new FramingError(`message type ${message.type} is unknown`)
    }
  }

  #guard(message: WireMessage, sqlStart: number): WireMessage {
    const sql = readName(message.bytes, sqlStart)
    const verdict = guardSql(sql.text)
    if (verdict.refusal !== null) this.#refusal ??= verdict.refusal
    if (verdict.channelChanges.length > 0) this.#channelChanges.push(...verdict.channelChanges)
    if (verdict.replacement === null) return message
    const before = message.bytes.subarray(5, sqlStart)
    const bytes = buildMessage(message.type, before, verdict.replacement, message.bytes.subarray(sql.end))
    return { type: message.type, bytes }
  }

  #keepUnnamed(parse: Buffer): void {
    this.#unnamedParse = parse
    this.#unnamedIsFresh = true
  }

  /** For a client that uses its unnamed statement in a later batch than the one that made it. */
  #bringUnnamedBack(): void {
    if (this.#unnamedIsFresh || this.#unnamedParse === null) return
    this.#unnamedIsFresh = true
    this.#repeatsParse = true
    this.#parts.unshift(this.#unnamedParse)
  }

  #collect(message: WireMessage): void {
    this.#parts.push(this.#names.rewrite(message.type, message.bytes))
  }

  #finishBatch(): void {
    const batch = {
      bytes: joinMessages(this.#parts),
      refusal: this.#refusal,
      channelChanges: this.#channelChanges,
      repeatsParse: this.#repeatsParse,
    }
    this.#parts = []
    this.#refusal = null
    this.#unnamedIsFresh = false
    this.#repeatsParse = false
    if (this.#channelChanges.length > 0) this.#channelChanges = []
    this.#batches.push(batch)
    this.#queuedBytes += batch.bytes.length
    if (this.#queuedBytes > maxQueuedBytes) this.#socket.pause()
    this.#queue.enqueue(this)
  }

  #readOn(): void {
    if (!this.#gone && !this.#socket.writableNeedDrain && this.#queuedBytes <= maxQueuedBytes)
      this.#socket.resume()
  }

  /** The client said goodbye: what it sent before still runs, then the session is tidied. */
  #end(): void {
    this.#ending = true
    this.#parts = []
    this.#socket.end()
    this.#queue.leave(this)
  }

  /** The client is not there any more: nothing of it that has not begun will run. */
  #vanish(): void {
    if (this.#gone) return
    this.#gone = true
    if (!this.#ending) {
      this.#batches.length = 0
      this.#queuedBytes = 0
    }
    this.#login?.cancel()
    this.#parts = []
    this.#socket.destroySoon()
    this.#queue.leave(this)
  }
}

function usesUnnamedStatement({ type, bytes }: WireMessage): boolean {
  const letterS = 0x53
  if (type === frontend.describe) return bytes[5] === letterS && bytes[6] === 0
  return bytes[readName(bytes, 5).end] === 0
}

function joinMessages(messages: Buffer[]): Uint8Array<ArrayBuffer> {
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
