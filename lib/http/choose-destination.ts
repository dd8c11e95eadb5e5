/**
 * Where to go after signing in: `next` if it is a path on this site, otherwise the fallback. A browser
 * reads `//host` and `/\host` as another site, so those do not count as a path.
 */
export function chooseDestination(next: string | null | undefined, fallback = '/dashboard'): string {
  if (!next?.startsWith('/') || /^\/[/\\]/.test(next)) return fallback
  const origin = 'http://origin.invalid'
  if (!URL.canParse(next, origin)) return fallback
  const url = new URL(next, origin)
  if (url.origin !== origin || url.pathname.startsWith('//')) return fallback
  // The sign-in page must not redirect to itself.
  if (
    ['/sign-in', '/sign-in/link', '/auth/confirm', '/set-up'].includes(url.pathname) ||
    url.pathname.startsWith('/api/')
  )
    return fallback
  return url.pathname + url.search + url.hash
}
