/** Writes a name so that Postgres takes it exactly as it is. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
