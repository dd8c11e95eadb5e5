/** Quotes a name so that Postgres reads it exactly as given. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
