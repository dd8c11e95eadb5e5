import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

import { AppError } from '#lib/errors.ts'

import { verifyPacketUrl } from '../packets/sign-packet-url.ts'
import { sendPacket, storePacket } from '../packets/store-packets.ts'
import { authenticate, authorise } from './authenticate.ts'
import { batchRoutes } from './batch-routes.ts'
import { readJson } from './json-body.ts'
import { packetRoutes } from './packet-routes.ts'
import { queueRoutes } from './queue-routes.ts'
import { createRouter } from './router.ts'
import { runRoutes } from './run-routes.ts'
import { scheduleRoutes } from './schedule-routes.ts'
import type { Serving } from './serving.ts'
import { callbackPrefix, completeByCallback, waitRoutes } from './wait-routes.ts'

const findRoute = createRouter([
  ...runRoutes,
  ...batchRoutes,
  ...waitRoutes,
  ...scheduleRoutes,
  ...queueRoutes,
  ...packetRoutes,
])

/** Serves the Trigger.dev API that the public SDK calls. The caller makes the server listen. */
export function serveApi(deps: Serving): Server {
  const server = createServer((request, response) => {
    answer(deps, request, response).catch((error) => sendError(deps, response, error))
  })
  server.keepAliveTimeout = 30_000
  return server
}

async function answer(deps: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', deps.apiUrl)
  const method = request.method ?? 'GET'
  if (url.pathname.startsWith('/otel/')) {
    // The product stores its own telemetry, so the worker's is accepted and dropped.
    request.resume()
    sendJson(response, 200, { partialSuccess: {} })
    return
  }
  if (url.pathname === '/health') {
    sendJson(response, 200, { ok: true, version: deps.version() })
    return
  }
  if (url.pathname.startsWith('/packets/')) {
    await answerPacket(deps, url, method, request, response)
    return
  }
  if (method === 'POST' && url.pathname.startsWith(callbackPrefix)) {
    sendJson(response, 200, await completeByCallback(deps, url, await readJson(request)))
    return
  }
  const caller = await authenticate(request.headers.authorization, deps.secretKey)
  const found = findRoute(method, url.pathname)
  if (!found) throw new AppError('not_found', `This engine does not support ${method} ${url.pathname}.`)
  authorise(caller, found.route.allows?.(found.params))
  const result = await found.route.handle({
    deps,
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
  deps: Serving,
  url: URL,
  method: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const name = verifyPacketUrl({ secretKey: deps.secretKey, url, verb: method, now: deps.now() })
  if (!name) throw new AppError('forbidden', 'This address is no longer valid.')
  if (method === 'PUT') {
    await storePacket(deps, name, request)
    sendJson(response, 200, { ok: true })
    return
  }
  await sendPacket(deps, name, response)
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

/** Tells the SDK not to retry expected errors, except those of status 429 and 5xx. */
function sendError(deps: Serving, response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  if (error instanceof AppError) {
    const retry = error.status >= 500 || error.status === 429
    sendJson(response, error.status, { error: error.message }, { 'x-should-retry': String(retry) })
    return
  }
  deps.log(`API: ${error instanceof Error ? (error.stack ?? error.message) : error}`)
  sendJson(response, 500, { error: 'The job engine failed unexpectedly. Try again.' })
}
