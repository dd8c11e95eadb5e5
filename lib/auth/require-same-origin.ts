import { AppError } from '#lib/errors.ts'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses a state-changing request that a browser sent from another site with our cookie. Requests
 * with a bearer token need no such check: a page of another site cannot make a browser send one.
 */
export function requireSameOrigin(request: Request, siteUrl: string): void {
  if (safeMethods.has(request.method)) return
  const site = request.headers.get('sec-fetch-site')
  if (site === 'same-origin' || site === 'none') return
  const origin = request.headers.get('origin')
  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host')
  if (site === null && origin === null) {
    throw new AppError('forbidden', 'This request has no Origin header. Send an API token instead.')
  }
  const originHost = origin && URL.canParse(origin) ? new URL(origin).host : null
  if (originHost === null || (originHost !== host && originHost !== new URL(siteUrl).host)) {
    throw new AppError('forbidden', 'This request comes from another site.')
  }
}
