import { AppError } from '#lib/errors.ts'
import { renderError } from '#lib/http/render-error.ts'

const nothingHere = () => renderError(new AppError('not_found', 'There is nothing at this address.'))

/** Every address below /api that has no route of its own: an error for programs, not a page for people. */
export {
  nothingHere as DELETE,
  nothingHere as GET,
  nothingHere as PATCH,
  nothingHere as POST,
  nothingHere as PUT,
}
