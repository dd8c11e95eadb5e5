import { z } from 'zod'
import { AppError } from '#lib/errors.ts'
import { cursorText } from '#lib/text/text-input.ts'

const moment = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}`

/** How the query of each order writes the position of a sermon. Any other text is the position of none. */
const positionForms = {
  /** `newestPosition`: published sermons and feeds. */
  newest: new RegExp(String.raw`^(?:1\d{4}-\d\d-\d\d|0) ${moment} ${moment}$`),
  /** A column with a time, as text: the sermons of a church by their upload, and the trash. */
  time: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?[+-]\d\d(?::\d\d){0,2}$/,
}

/** An order in which sermons are listed. */
export type ListOrder = keyof typeof positionForms

const cursorSchema = z.tuple([z.string(), z.uuid()])

/** The cursor of the page of sermons that follows a position and the sermon there. */
export function encodeCursor(position: string, id: string): string {
  return Buffer.from(JSON.stringify([position, id])).toString('base64url')
}

/**
 * The position and the sermon of a cursor. Throws `bad_request` when it is none of this order: a position of another
 * order would begin at a wrong place.
 */
export function decodeCursor(order: ListOrder, cursor: string): [position: string, id: string] {
  const read = readCursor(cursor)
  if (!read || !positionForms[order].test(read[0])) {
    throw new AppError('bad_request', 'This page does not exist. Start again from the first page.')
  }
  return read
}

/** A cursor of one of these orders in the query of an address. */
export function cursorQuery(...orders: ListOrder[]) {
  return cursorText((cursor) => {
    const [position] = readCursor(cursor) ?? []
    return position !== undefined && orders.some((order) => positionForms[order].test(position))
  })
}

function readCursor(cursor: string): z.infer<typeof cursorSchema> | null {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
  } catch {
    return null
  }
}
