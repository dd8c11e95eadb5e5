import { AppError } from '#lib/errors.ts'
import { renderError } from '#lib/http/render-error.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * Handlers for the methods a route does not have, so that they too are answered in the one shape of an
 * error: by itself the framework sends an empty 405. `allowed` are the methods the route does have.
 */
export function refuseOthers(...allowed: readonly Method[]): Record<Method | 'OPTIONS', () => Response> {
  const allow = [...allowed, ...(allowed.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].sort().join(', ')
  const refuse = () => {
    const response = renderError(
      new AppError('method_not_allowed', `This address does not take that method. It takes ${allow}.`),
    )
    response.headers.set('allow', allow)
    return response
  }
  const listMethods = () => new Response(null, { status: 204, headers: { allow } })
  return { GET: refuse, POST: refuse, PUT: refuse, PATCH: refuse, DELETE: refuse, OPTIONS: listMethods }
}
