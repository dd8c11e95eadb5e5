import { routes } from '#app/_server/routes.ts'
import { AppError } from '#lib/errors.ts'
import { openRoute } from '#lib/http/open-route.ts'

const notFound = openRoute(async () => {
  throw new AppError('not_found', 'There is nothing at this address.')
})

/** Every address below /api without its own route: an error for programs, not a page for people. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/[[...path]]', {
  GET: notFound,
  POST: notFound,
  PUT: notFound,
  PATCH: notFound,
  DELETE: notFound,
})
