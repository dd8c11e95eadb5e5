import { AppError } from '#lib/errors.ts'
import { renderError } from '#lib/http/render-error.ts'

/** Whether a script sent the form, and reads the answer. */
export const wantsJson = (request: Request): boolean =>
  request.headers.get('accept')?.includes('application/json') ?? false

/**
 * Renders the failure of a form: JSON for a script. A person who sent it without JavaScript returns to its page, which
 * explains the reason in the address. `more` is added to the address.
 */
export function returnToForm(
  page: string,
): (error: unknown, request: Request, more?: Record<string, string>) => Response {
  return (error, request, more = {}) => {
    if (wantsJson(request) || !(error instanceof AppError)) return renderError(error)
    const location = `${page}?${new URLSearchParams({ error: error.reason, ...more })}`
    return new Response(null, { status: 303, headers: { location, 'cache-control': 'private, no-store' } })
  }
}
