import { EventEmitter, once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { EngineReply, EngineRequest, EngineStart } from './engine-messages.ts'
import { Interrupter } from './interrupt-worker.ts'
import { readParameters, readSettings, type SessionSettings } from './session-settings.ts'

const stackSizeMb = 64

interface EngineEvents {
  broken: [reason: string]
}

/**
 * The one Postgres session, in a thread of its own so that a long query does not stop the gateway from
 * accepting, queueing and answering. It runs one batch at a time; the caller decides the order.
 */
export class Engine extends EventEmitter<EngineEvents> {
  readonly #worker: Worker
  #onBytes: ((bytes: Buffer, last: boolean) => void) | null = null
  readonly #interrupter: Interrupter
  #runs = 0
  #closed = false
  /** The parameters that Postgres reports to a client without settings of its own. */
  parameters: [name: string, value: string][] = []
  /** The settings of a client that has set nothing. */
  settings: SessionSettings = new Map()

  private constructor(start: EngineStart) {
    super()
    this.#worker = new Worker(new URL('./engine-worker.ts', import.meta.url), {
      workerData: start,
      // Large enough that Postgres' own limit (max_stack_depth) is reached first, which is an ordinary error.
      resourceLimits: { stackSizeMb },
    })
    this.#interrupter = new Interrupter()
    this.#worker.on('message', (reply: EngineReply) => this.#receive(reply))
    this.#worker.on('error', (error) => this.emit('broken', error.message))
    this.#worker.on('exit', (code) => {
      if (!this.#closed) this.emit('broken', `its thread ended with code ${code}`)
    })
  }

  /** Opens the data folder, and creates the database in it when there is none. */
  static async open(start: EngineStart): Promise<Engine> {
    const engine = new Engine(start)
    const broken = new AbortController()
    engine.once('broken', (reason) => broken.abort(new Error(`Postgres could not start: ${reason}`)))
    try {
      for (;;) {
        const [reply]: EngineReply[] = await once(engine.#worker, 'message', { signal: broken.signal })
        if (reply?.kind === 'ready') break
      }
    } catch (error) {
      throw broken.signal.aborted ? broken.signal.reason : error
    }
    return engine
  }

  /** Runs complete messages; `onBytes` receives each piece of the answer, with `last` true for the final one. */
  run(batch: Uint8Array<ArrayBuffer>, onBytes: (bytes: Buffer, last: boolean) => void): void {
    if (this.#onBytes !== null) throw new Error('the session is already busy')
    this.#onBytes = onBytes
    this.#runs += 1
    this.#send(batch, [batch.buffer])
  }

  /** Makes the running statement fail with 57014 at the next point where Postgres allows it. */
  cancel(): void {
    if (this.#onBytes !== null) this.#interrupter.evaluate(`cancelRun(${this.#runs})`)
  }

  /** Writes everything to the files and ends the session. */
  async close(): Promise<void> {
    this.#closed = true
    const exited = once(this.#worker, 'exit')
    this.#send('close')
    await exited
  }

  #send(request: EngineRequest, transfer: ArrayBuffer[] = []): void {
    this.#worker.postMessage(request, transfer)
  }

  #receive(reply: EngineReply): void {
    switch (reply.kind) {
      case 'ready':
        this.parameters = readParameters(reply.rows)
        this.settings = readSettings(reply.rows)
        return
      case 'part':
      case 'done': {
        const onBytes = this.#onBytes
        if (reply.kind === 'done') this.#onBytes = null
        onBytes?.(Buffer.from(reply.bytes.buffer), reply.kind === 'done')
        return
      }
      case 'closed':
        void this.#worker.terminate()
        return
      case 'broken':
        this.emit('broken', reply.reason)
        return
      default:
        reply satisfies never
    }
  }
}
