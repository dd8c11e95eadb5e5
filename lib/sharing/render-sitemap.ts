import { create } from 'xmlbuilder2'

/** A sitemap by the protocol of sitemaps.org. `changedAt` is ISO 8601. */
export function renderSitemap(
  pages: readonly { path: string; changedAt: string | null }[],
  siteUrl: string,
): string {
  const base = siteUrl.replace(/\/$/, '')
  const set = create({ version: '1.0', encoding: 'UTF-8' }).ele('urlset', {
    xmlns: 'http://www.sitemaps.org/schemas/sitemap/0.9',
  })
  for (const { path, changedAt } of pages) {
    const url = set.ele('url')
    url.ele('loc').txt(`${base}${path}`)
    if (changedAt) url.ele('lastmod').txt(changedAt)
  }
  return set.end({ prettyPrint: true, indent: ' ' })
}
