import { textKey } from '#lib/text/text-input.ts'

/** The time zone of a church that has not chosen one. */
export const defaultTimeZone = 'UTC'

/** The name of an IANA time zone in its usual spelling, or null when there is no such zone. */
export function findTimeZone(name: string): string | null {
  // Intl accepts an offset such as +01:00, but an offset has no summer time.

  if (!/^[a-z]/i.test(name)) return null
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  } catch {
    return null
  }
}

/** The time zones to choose from, in alphabetical order. */
export function listTimeZones(): string[] {
  return [...new Set([defaultTimeZone, ...Intl.supportedValuesOf('timeZone')])].sort()
}

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
