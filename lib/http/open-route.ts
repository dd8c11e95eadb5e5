import { requireSameOrigin } from '#lib/auth/require-same-origin.ts'
import { renderError } from '#lib/http/render-error.ts'
import { type RouteHandler, routeHandler } from '#lib/http/route-handler.ts'

/** Wraps a handler that does not need the caller. Errors are rendered as in all other routes. */
export function openRoute(handle: (request: Request) => Promise<Response>): RouteHandler {
  return routeHandler('open', async (request) => {
    try {
      return await handle(request)
    } catch (error) {
      return renderError(error)
    }
  })
}

/**
 * Creates the wrapper for forms that start or end a session. It refuses a request that another site sent, and
 * does not refresh the session that is about to change. `renderFailure` turns an error into the response.
 */
export function createSessionRoute(siteUrl: () => string) {
  return function sessionRoute(
    handle: (request: Request) => Promise<Response>,
    renderFailure: (error: unknown, request: Request) => Response = renderError,
  ): RouteHandler {
    return routeHandler('same-origin', async (request) => {
      try {
        requireSameOrigin(request, siteUrl())
        return await handle(request)
      } catch (error) {
        return renderFailure(error, request)
      }
    })
  }
}
