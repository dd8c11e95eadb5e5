import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

import { AppError } from '#lib/errors.ts'

import { createRouter } from '../../http/create-router.ts'
import { drainRequest } from '../../http/drain-request.ts'
import { BodyError, readJsonBody } from '../../http/read-json-body.ts'
import { sendJson } from '../../http/send-json.ts'
import { verifyPacketUrl } from '../packets/sign-packet-url.ts'
import { sendPacket, storePacket } from '../packets/store-packets.ts'
import type { ApiRoute } from './api-route.ts'
import { authenticate, authorise } from './authenticate.ts'
import { batchRoutes } from './batch-routes.ts'
import { packetRoutes } from './packet-routes.ts'
import { queueRoutes } from './queue-routes.ts'
import { runRoutes } from './run-routes.ts'
import { scheduleRoutes } from './schedule-routes.ts'
import type { Serving } from './serving.ts'
import { callbackPrefix, completeByCallback, waitRoutes } from './wait-routes.ts'

const mostBodyBytes = 16 * 1024 * 1024

const routes: ApiRoute[] = [
  ...runRoutes,
  ...batchRoutes,
  ...waitRoutes,
  ...scheduleRoutes,
  ...queueRoutes,
  ...packetRoutes,
]
const findRoute = createRouter<ApiRoute>(
  routes.map((route) => ({ method: route.method, path: route.path, target: route })),
  { ignoreTrailingSlash: true },
)

/** Serves the Trigger.dev API that the public SDK calls. The caller makes the server listen. */
export function serveApi(deps: Serving): Server {
  const server = createServer((request, response) => {
    answer(deps, request, response).catch((error) => {
      sendError(deps, response, error)
      drainRequest(request)
    })
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
    sendJson(response, 200, await completeByCallback(deps, url, await readJsonBody(request, mostBodyBytes)))
    return
  }
  const caller = await authenticate(request.headers.authorization, deps.secretKey)
  const found = findRoute(method, url.pathname)
  if (!found) throw new AppError('not_found', `This engine does not support ${method} ${url.pathname}.`)
  if (found === 'malformed') throw new AppError('bad_request', 'The address is not percent-encoded text.')
  const { target: route, params } = found
  authorise(caller, route.allows?.(params))
  const result = await route.handle({
    deps,
    caller,
    params,
    url,
    raw: request,
    response,
    json: () => readJsonBody(request, mostBodyBytes),
  })
  if (result !== 'sent') sendJson(response, result.status ?? 200, result.body, result.headers)
}

async function answerPacket(
  deps: Pick<Serving, 'db' | 'secretKey' | 'now' | 'directory'>,
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

/** Tells the SDK not to retry expected errors, except those of status 429 and 5xx. */
function sendError(deps: Pick<Serving, 'log'>, response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  if (error instanceof AppError || error instanceof BodyError) {
    const retry = error.status >= 500 || error.status === 429
    sendJson(response, error.status, { error: error.message }, { 'x-should-retry': String(retry) })
    return
  }
  deps.log(`API: ${error instanceof Error ? (error.stack ?? error.message) : error}`)
  sendJson(response, 500, { error: 'The job engine failed unexpectedly. Try again.' })
}
