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

/** The time zone that is named after a city, such as `new york`; null when none is, or several are. */
export function findZoneOfCity(city: string): string | null {
  const name = city.trim().toLowerCase().replace(/\s+/g, '_')
  const zones = listTimeZones().filter((zone) => zone.toLowerCase().split('/').slice(1).at(-1) === name)
  return zones.length === 1 ? (zones[0] ?? null) : null
}

/** The time zones to choose from, in alphabetical order. */
export function listTimeZones(): string[] {
  return [...new Set([defaultTimeZone, ...Intl.supportedValuesOf('timeZone')])].sort()
}
