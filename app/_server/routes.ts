import { AppError } from '#lib/errors.ts'
import { renderError } from '#lib/http/render-error.ts'
import {
  type Access,
  describeHandler,
  type RouteContext,
  type RouteHandler,
  type RouteInputs,
} from '#lib/http/route-handler.ts'
import { observeRequest } from '#lib/telemetry/http-metrics.ts'
import { traceRequest } from '#lib/telemetry/trace-request.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
type Exported = (request: Request, context: RouteContext) => Promise<Response>

/** One method of one route, for the API description. */
export type Operation = { method: Method; path: string; access: Access; inputs: RouteInputs }

const operations = new WeakMap<Exported, Operation>()

/** The operations among the exports of a route file. */
export function readOperations(exports: Record<string, Exported>): Operation[] {
  return Object.values(exports).flatMap((exported) => operations.get(exported) ?? [])
}

/**
 * Every export of a route file: the given handlers for the methods the route has, a 405 in the common error
 * shape for the others (the framework's own is empty), HEAD from GET, and OPTIONS. `path` is the route's
 * pattern, such as `/api/v1/sermons/[id]`; it names the route in traces and metrics.
 */
export function routes(
  path: `/${string}`,
  handlers: Partial<Record<Method, RouteHandler>>,
): Record<Method | 'HEAD' | 'OPTIONS', Exported> {
  const { GET } = handlers
  const methods = Object.keys(handlers)
  const allow = [...methods, ...(GET ? ['HEAD'] : []), 'OPTIONS'].sort().join(', ')
  const refuse: Exported = async () => {
    const response = renderError(
      new AppError('method_not_allowed', `This address does not support that method. Use one of: ${allow}.`),
    )
    response.headers.set('allow', allow)
    return response
  }
  const serve =
    (answer: Exported = refuse): Exported =>
    async (request, context) => {
      const startedMs = performance.now()
      const response = await traceRequest(request, { route: path }, () => answer(request, context))
      const seconds = (performance.now() - startedMs) / 1000
      observeRequest({ method: request.method, route: path, status: response.status, seconds })
      return response
    }
  const exportMethod = (method: Method): Exported => {
    const handler = handlers[method]
    const exported = serve(handler)
    if (handler) operations.set(exported, { method, path, ...describeHandler(handler) })
    return exported
  }
  return {
    GET: exportMethod('GET'),
    HEAD: serve(GET),
    POST: exportMethod('POST'),
    PUT: exportMethod('PUT'),
    PATCH: exportMethod('PATCH'),
    DELETE: exportMethod('DELETE'),
    OPTIONS: serve(async () => new Response(null, { status: 204, headers: { allow } })),
  }
}
