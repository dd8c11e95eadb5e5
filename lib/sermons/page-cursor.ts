import { z } from 'zod'
import { AppError } from '#lib/errors.ts'
import { cursorText } from '#lib/text/text-input.ts'

const cursorSchema = z.tuple([z.string(), z.uuid()])

/** The cursor of the page of sermons that follows a position and the sermon there. */
export function encodeCursor(position: string, id: string): string {
  return Buffer.from(JSON.stringify([position, id])).toString('base64url')
}

/** The position and the sermon of a cursor. Throws `bad_request` when it is not one. */
export function decodeCursor(cursor: string): [position: string, id: string] {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
  } catch (cause) {
    throw new AppError('bad_request', 'This page does not exist. Start again from the first page.', { cause })
  }
}

/** A cursor in the query of an address. */
export const cursorQuery = cursorText(isCursor)

function isCursor(cursor: string): boolean {
  try {
    decodeCursor(cursor)
    return true
  } catch {
    return false
  }
}
