import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

import { AppError } from '#lib/errors.ts'

import type { Engine } from '../engine.ts'
import { verifyPacketUrl } from '../packets/sign-packet-url.ts'
import { sendPacket, storePacket } from '../packets/store-packets.ts'
import { authenticate, authorise } from './authenticate.ts'
import { batchRoutes } from './batch-routes.ts'
import { packetRoutes } from './packet-routes.ts'
import { queueRoutes } from './queue-routes.ts'
import { readJson } from './read-body.ts'
import { createRouter } from './router.ts'
import { runRoutes } from './run-routes.ts'
import { scheduleRoutes } from './schedule-routes.ts'
import { callbackPrefix, completeByCallback, waitRoutes } from './wait-routes.ts'

const findRoute = createRouter([
  ...runRoutes,
  ...batchRoutes,
  ...waitRoutes,
  ...scheduleRoutes,
  ...queueRoutes,
  ...packetRoutes,
])

/** Serves the Trigger.dev API that the public SDK speaks, for this engine. */
export function serveApi(engine: Engine): Server {
  const server = createServer((request, response) => {
    answer(engine, request, response).catch((error) => sendError(engine, response, error))
  })
  server.keepAliveTimeout = 30_000
  return server
}

async function answer(engine: Engine, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', engine.apiUrl)
  const method = request.method ?? 'GET'
  if (url.pathname.startsWith('/otel/')) {
    // Tasks keep their own telemetry; what the worker adds is taken and dropped.
    request.resume()
    sendJson(response, 200, { partialSuccess: {} })
    return
  }
  if (url.pathname === '/health') {
    sendJson(response, 200, { ok: true, version: engine.build.version })
    return
  }
  if (url.pathname.startsWith('/packets/')) {
    await answerPacket(engine, url, method, request, response)
    return
  }
  if (method === 'POST' && url.pathname.startsWith(callbackPrefix)) {
    sendJson(response, 200, await completeByCallback(engine, url, await readJson(request)))
    return
  }
  const caller = await authenticate(request.headers.authorization, engine.secretKey)
  const found = findRoute(method, url.pathname)
  if (!found) throw new AppError('not_found', `This engine has no ${method} ${url.pathname}.`)
  authorise(caller, found.route.allows?.(found.params))
  const result = await found.route.handle({
    engine,
    caller,
    params: found.params,
    url,
    raw: request,
    response,
    json: () => readJson(request),
  })
  if (result !== 'sent') sendJson(response, result.status ?? 200, result.body, result.headers)
}

async function answerPacket(
  engine: Engine,
  url: URL,
  method: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const name = verifyPacketUrl({ secretKey: engine.secretKey, url, verb: method, now: engine.now() })
  if (!name) throw new AppError('forbidden', 'This address is not valid any more.')
  if (method === 'PUT') {
    await storePacket(engine, name, request)
    sendJson(response, 200, { ok: true })
    return
  }
  await sendPacket(engine, name, response)
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...headers,
  })
  response.end(text)
}

/** Final errors tell the SDK not to try again; anything unexpected may be tried again. */
function sendError(engine: Engine, response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  if (error instanceof AppError) {
    const retry = error.status >= 500 || error.status === 429
    sendJson(response, error.status, { error: error.message }, { 'x-should-retry': String(retry) })
    return
  }
  engine.log(`API: ${error instanceof Error ? (error.stack ?? error.message) : error}`)
  sendJson(response, 500, { error: 'The job engine could not do this. Try again.' })
}
