import { type InspectorNotification, type NodeWorker, Session } from 'node:inspector'

/**
 * Evaluates JavaScript in a worker thread while that thread is busy. Messages to a worker wait until its event
 * loop is free, which PGlite blocks while a statement runs; Node's inspector can interrupt it.
 */
export class Interrupter {
  readonly #session = new Session()
  #workerSession: string | null = null
  #lastId = 0

  /** Must be created before the only worker of this process. */
  constructor() {
    this.#session.connect()
    this.#session.on(
      'NodeWorker.attachedToWorker',
      ({ params }: InspectorNotification<NodeWorker.AttachedToWorkerEventDataType>) => {
        this.#workerSession = params.sessionId
      },
    )
    this.#session.post('NodeWorker.enable', { waitForDebuggerOnStart: false })
  }

  evaluate(expression: string): void {
    if (this.#workerSession === null) throw new Error('the worker cannot be interrupted yet')
    this.#lastId += 1
    const message = JSON.stringify({ id: this.#lastId, method: 'Runtime.evaluate', params: { expression } })
    this.#session.post('NodeWorker.sendMessageToWorker', { sessionId: this.#workerSession, message })
  }

  close(): void {
    this.#session.disconnect()
  }
}
