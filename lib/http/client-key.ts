/**
 * Tells clients apart for pacing. The front door appends the address it saw, so the last entry is the
 * only one a client cannot choose.
 */
export function clientKey(headers: Headers): string {
  return headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() || 'unknown'
}
