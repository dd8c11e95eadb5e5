/**
 * Rewrites a URL with this process's storage address to the address for browsers. With `/` as the public
 * address the result is a path, which works on every host name of the page.
 */
export function toPublicUrl(storage: { supabaseUrl: string; publicUrl: string }, url: string): string {
  const base = storage.supabaseUrl.replace(/\/+$/, '')
  if (url !== base && !url.startsWith(`${base}/`) && !url.startsWith(`${base}?`)) return url
  const rest = url.slice(base.length)
  const publicBase = storage.publicUrl.replace(/\/+$/, '')
  return `${publicBase}${rest}` || '/'
}
