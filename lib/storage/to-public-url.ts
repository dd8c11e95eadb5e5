/**
 * Rewrites a URL of this process's storage address to the one browsers use. With `/` as the public
 * address the answer is a path, right on every host name the page is opened under.
 */
export function toPublicUrl(storage: { supabaseUrl: string; publicUrl: string }, url: string): string {
  const base = storage.supabaseUrl.replace(/\/+$/, '')
  if (url !== base && !url.startsWith(`${base}/`) && !url.startsWith(`${base}?`)) return url
  const rest = url.slice(base.length)
  const publicBase = storage.publicUrl.replace(/\/+$/, '')
  return `${publicBase}${rest}` || '/'
}
