import { textKey } from '#lib/text/text-input.ts'
import { findTimeZone, findZoneOfCity } from './time-zone.ts'

const refusal = 'Choose a time zone from the list, such as America/New_York, or type the name of its city.'

/** The name of a time zone in a form, or of the city that it is named after. */
export const timeZoneSchema = textKey({ name: 'time zone', max: 64, required: refusal }).transform(
  (name, context) => {
    const zone = findTimeZone(name.trim()) ?? findZoneOfCity(name)
    if (zone !== null) return zone
    context.addIssue(refusal)
    return ''
  },
)
