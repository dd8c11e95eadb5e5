declare global {
  namespace Intl {
    // Standard since ES2024 (Intl.Locale info); the type definitions do not name it yet.
    interface Locale {
      getTimeZones(): string[] | undefined
    }
  }
}

/**
 * Which of `countries` (two-letter codes) a time zone belongs to, or null. Places share zones; the first country in
 * the list that uses the zone is taken.
 */
export function countryOfTimeZone(timeZone: string, countries: readonly string[]): string | null {
  return countries.find((country) => zonesOf(country).includes(timeZone)) ?? null
}

function zonesOf(country: string): readonly string[] {
  return new Intl.Locale('und', { region: country }).getTimeZones() ?? []
}
