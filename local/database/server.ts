import { randomInt } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { createServer, type Server } from 'node:net'
import { Connection } from './connection.ts'
import type { Engine } from './engine.ts'
import { createScramSecret } from './scram.ts'
import { SessionQueue } from './session-queue.ts'

export interface GatewayOptions {
  port: number
  password: string
  idleLimitMs: number
  blockingLimitMs: number
  statementLimitMs: number
  maxConnections: number
}

/** Serves the Postgres wire protocol on the loopback address for one session. */
export class Gateway {
  readonly queue: SessionQueue
  readonly #engine: Engine
  readonly #options: GatewayOptions
  readonly #connections = new Map<number, { connection: Connection; cancelKey: number }>()
  readonly #server: Server
  readonly #watch: NodeJS.Timeout
  #lastId = 0

  constructor(engine: Engine, options: GatewayOptions) {
    this.#engine = engine
    this.#options = options
    this.queue = new SessionQueue(engine, options)
    this.#server = this.#createServer()
    const watchEveryMs = Math.min(1_000, Math.max(20, options.idleLimitMs / 4))
    this.#watch = setInterval(() => this.queue.watch(), watchEveryMs)
  }

  /** Resolves with the port: the requested one, or a free one when that was 0. Rejects when the port is taken. */
  listen(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', (error) => {
        const taken = 'code' in error && error.code === 'EADDRINUSE'
        const message = `Port ${this.#options.port} on 127.0.0.1 is used by another program; choose another one.`
        reject(taken ? new Error(message, { cause: error }) : error)
      })
      this.#server.listen({ host: '127.0.0.1', port: this.#options.port, backlog: 512 }, () => {
        const address: AddressInfo | string | null = this.#server.address()
        resolve(typeof address === 'object' && address !== null ? address.port : this.#options.port)
      })
    })
  }

  /** Waits for the running batch, disconnects every client, which rolls back open transactions, and closes the database. */
  async close(): Promise<void> {
    clearInterval(this.#watch)
    this.#server.close()
    await this.queue.stop()
    for (const { connection } of this.#connections.values()) {
      connection.evict('57P01', 'the database is shutting down')
    }
    await this.#engine.close()
  }

  #createServer(): Server {
    const secret = createScramSecret(this.#options.password)
    return createServer((socket) => {
      this.#lastId += 1
      const connectionId = this.#lastId
      const cancelKey = randomInt(1, 2 ** 31)
      const context = {
        connectionId,
        cancelKey,
        secret,
        parameters: this.#engine.parameters,
        isBelowLimit: this.#connections.size < this.#options.maxConnections,
        onCancelRequest: (id: number, key: number) => this.#cancel(id, key),
      }
      const connection = new Connection(socket, this.queue, context, this.#engine.settings)
      this.#connections.set(connectionId, { connection, cancelKey })
      socket.once('close', () => this.#connections.delete(connectionId))
    })
  }

  /** Ignores a request with a wrong key, as Postgres does, so that the sender learns nothing. */
  #cancel(connectionId: number, cancelKey: number): void {
    const target = this.#connections.get(connectionId)
    if (target !== undefined && target.cancelKey === cancelKey) this.queue.cancel(target.connection)
  }
}
