import type { z } from 'zod'
import type { Services } from '#lib/create-services.ts'
import { parseInput, parseParams } from '#lib/http/parse-input.ts'
import { readQuery } from '#lib/http/read-address-query.ts'
import { renderError } from '#lib/http/render-error.ts'
import { type RouteContext, type RouteHandler, routeHandler } from '#lib/http/route-handler.ts'

type Parsed<Schema> = Schema extends z.ZodType ? z.infer<Schema> : undefined

/**
 * Makes the wrapper of handlers that answer every caller alike, such as feeds and images. The session is not read:
 * a shared cache may keep the answer, and a draft is never in it. Answers have `access-control-allow-origin: *`.
 * `renderFailure` turns an error into the response.
 */
export function createVisitorRoute(services: () => Services) {
  return function visitorRoute<
    P extends z.ZodType | undefined = undefined,
    Q extends z.ZodType | undefined = undefined,
  >(
    { params, query }: { params?: P; query?: Q },
    handle: (input: {
      services: Services
      request: Request
      params: Parsed<P>
      query: Parsed<Q>
    }) => Promise<Response>,
    renderFailure: (error: unknown, request: Request) => Response = renderError,
  ): RouteHandler {
    return routeHandler('open', answer, { ...(params && { params }), ...(query && { query }) })

    async function answer(request: Request, context: RouteContext): Promise<Response> {
      let response: Response
      try {
        response = await handle({
          services: services(),
          request,
          params: (params ? parseParams(params, await context.params) : undefined) as Parsed<P>,
          query: (query
            ? parseInput(query, readQuery(new URL(request.url).searchParams))
            : undefined) as Parsed<Q>,
        })
      } catch (error) {
        response = renderFailure(error, request)
        response.headers.set('cache-control', 'no-store')
      }
      response.headers.set('access-control-allow-origin', '*')
      return response
    }
  }
}
