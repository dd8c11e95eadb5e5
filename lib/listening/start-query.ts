import { textKey } from '#lib/text/text-input.ts'
import { readStartTime } from './read-start-time.ts'

/** The start time in the query of an address. */
export const startQuery = textKey({ name: 'start', max: 20 }).refine((text) => readStartTime(text) !== null, {
  message: 'The start is not a time. Write seconds, such as 90, or 1m30s.',
})
