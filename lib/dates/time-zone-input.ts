import { textKey } from '#lib/text/text-input.ts'
import { findTimeZone } from './time-zone.ts'

const refusal = 'Choose a time zone from the list, such as America/New_York.'

/** The name of a time zone in a form. */
export const timeZoneSchema = textKey({ name: 'time zone', max: 64, required: refusal }).transform(
  (name, context) => {
    const zone = findTimeZone(name.trim())
    if (zone !== null) return zone
    context.addIssue(refusal)
    return ''
  },
)
