/** Returns the requested address if it is on this site, otherwise the site itself, so that links never lead elsewhere. */
export function allowedRedirect(siteUrl: string, requested: string | null | undefined): string {
  if (requested === null || requested === undefined || requested === '') return siteUrl
  try {
    const url = new URL(requested, siteUrl)
    return url.origin === new URL(siteUrl).origin ? url.href : siteUrl
  } catch {
    return siteUrl
  }
}
