import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { z } from 'zod'
import { portOf } from '#harness/ports.ts'

const jsonObject = z.record(z.string(), z.unknown())
const taskInput = z
  .union([z.object({ json: jsonObject }).transform(({ json }) => json), jsonObject, z.null()])
  .transform((input) => input ?? {})
const taskOptions = z.looseObject({ idempotencyKey: z.string().optional() }).optional()

export type LoopbackRun = {
  id: string
  taskId: string
  payload: Record<string, unknown>
  key: string
  /** The parent run, for tests that read children. */
  parentId?: string
  status: string
  error?: { name: string; message: string }
}

/** How the engine answers a request to start a run. */
export type Fault = 'none' | 'refuse' | 'accept-then-hang-up' | 'too-many-requests'

export interface LoopbackEngine {
  apiUrl: string
  /** Every existing run, in the order of its first request. */
  runs: LoopbackRun[]
  /** The number of requests to start a run, including repeated requests for the same run. */
  asked(): number
  /** Chooses a fault for each request to start a run. */
  fault: (payload: Record<string, unknown>) => Fault
  /** The `Retry-After` header of "too many requests": seconds or a date. */
  retryAfter: string | undefined
  forget(runId: string): void
  paused: Set<string>
  /** Refuses connections until `restart`. */
  down(): Promise<void>
  restart(): Promise<void>
  stop(): Promise<void>
}

/**
 * Serves the part of the Trigger.dev HTTP API that starts, finds and cancels runs and
 * lists queues, with idempotency keys and faults on demand. It executes nothing.
 */
export async function startLoopbackEngine(): Promise<LoopbackEngine> {
  const byId = new Map<string, LoopbackRun>()
  const byKey = new Map<string, LoopbackRun>()
  let asked = 0
  let server: Server
  let port = 0

  const engine: LoopbackEngine = {
    apiUrl: '',
    runs: [],
    asked: () => asked,
    fault: () => 'none',
    retryAfter: undefined,
    forget(runId) {
      const run = byId.get(runId)
      byId.delete(runId)
      if (run) byKey.delete(run.key)
    },
    paused: new Set(),
    async down() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
    restart: listen,
    async stop() {
      if (server.listening) await engine.down()
    },
  }

  async function listen() {
    server = createServer((request, response) => {
      answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
    })
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    port = portOf(server)
    engine.apiUrl = `http://127.0.0.1:${port}`
  }

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const send = (status: number, value: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
    const path = decodeURIComponent(decodeURIComponent(request.url ?? ''))
    const body = await readJson(request)
    const [, task] = /^\/api\/v1\/tasks\/([^/]+)\/trigger/.exec(path) ?? []
    if (task) {
      const input = taskInput.parse(JSON.parse(String(body.payload)))
      const fault = engine.fault(input)
      if (fault === 'refuse') return send(500, { error: 'out of order' })
      if (fault === 'too-many-requests') {
        if (engine.retryAfter) response.setHeader('retry-after', engine.retryAfter)
        return send(429, { error: 'slow down' })
      }
      asked += 1
      const key = String(taskOptions.parse(body.options)?.idempotencyKey)
      const known = byKey.get(key)
      const run = known ?? {
        id: `run_${engine.runs.length}_${port}`,
        taskId: task,
        payload: input,
        key,
        status: 'QUEUED',
      }
      if (!known) {
        byKey.set(key, run)
        byId.set(run.id, run)
        engine.runs.push(run)
      }
      if (fault === 'accept-then-hang-up') return response.destroy()
      return send(200, { id: run.id, isCached: known !== undefined })
    }
    const [, cancelled] = /^\/api\/v2\/runs\/([^/]+)\/cancel/.exec(path) ?? []
    if (cancelled) {
      const run = byId.get(cancelled)
      if (!run) return send(404, { error: 'There is no such run.' })
      run.status = 'CANCELED'
      return send(200, { id: cancelled })
    }
    const [, requested] = /^\/api\/v3\/runs\/([^/?]+)/.exec(path) ?? []
    if (requested) {
      const run = byId.get(requested)
      return run
        ? send(200, describeRun(run, childrenOf(run)))
        : send(404, { error: 'There is no such run.' })
    }
    const [, queue] = /^\/api\/v1\/queues\/(.+)\/pause/.exec(path) ?? []
    if (queue) {
      if (body.action === 'pause') engine.paused.add(queue)
      else engine.paused.delete(queue)
      return send(200, describeQueue(queue))
    }
    if (path.startsWith('/api/v1/queues')) {
      const names = [...new Set([...byId.values()].map(({ taskId }) => taskId)), ...engine.paused]
      const data = [...new Set(names)].map(describeQueue)
      return send(200, { data, pagination: { currentPage: 1, totalPages: 1, count: data.length } })
    }
    return send(404, { error: `No ${path}` })
  }

  const childrenOf = (parent: LoopbackRun) =>
    [...byId.values()].filter(({ parentId }) => parentId === parent.id)

  const describeQueue = (name: string) => ({
    id: `queue_${name}`,
    name,
    type: 'task',
    running: 0,
    queued: [...byId.values()].filter((run) => run.taskId === name && run.status === 'QUEUED').length,
    paused: engine.paused.has(name),
    concurrencyLimit: 1,
  })

  await listen()
  return engine
}

const finalStatuses = ['COMPLETED', 'CANCELED', 'FAILED', 'CRASHED', 'SYSTEM_FAILURE', 'EXPIRED', 'TIMED_OUT']

function describeRun(run: LoopbackRun, children: readonly LoopbackRun[] = []): object {
  const at = new Date().toISOString()
  const ended = finalStatuses.includes(run.status)
  return {
    id: run.id,
    status: run.status,
    taskIdentifier: run.taskId,
    isQueued: run.status === 'QUEUED',
    isExecuting: run.status === 'EXECUTING',
    isWaiting: run.status === 'WAITING',
    isCompleted: ended,
    isSuccess: run.status === 'COMPLETED',
    isFailed: ended && run.status !== 'COMPLETED' && run.status !== 'CANCELED',
    isCancelled: run.status === 'CANCELED',
    isTest: false,
    createdAt: at,
    updatedAt: at,
    ...(ended ? { finishedAt: at } : {}),
    tags: [],
    costInCents: 0,
    baseCostInCents: 0,
    durationMs: 0,
    depth: 0,
    triggerFunction: 'trigger',
    attempts: [],
    attemptCount: 1,
    relatedRuns: { children: children.map((child) => describeRun(child)) },
    ...(run.error ? { error: run.error } : {}),
  }
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text === '' ? {} : jsonObject.parse(JSON.parse(text))
}
