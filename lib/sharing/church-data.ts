import type { PublicChurch } from '#lib/churches/church-profile.ts'

/** A church and its site as search engines read them (schema.org). */
export function churchData(church: PublicChurch, { siteUrl }: { siteUrl: string }): Record<string, unknown> {
  const base = siteUrl.replace(/\/$/, '')
  const { name, description, website, logo } = church
  const organisation = {
    '@type': 'Church',
    '@id': `${base}/#church`,
    name,
    url: website || `${base}/`,
    ...(description ? { description } : {}),
    ...(logo ? { logo: `${base}${logo.src}` } : {}),
  }
  const site = { '@type': 'WebSite', name, url: `${base}/`, publisher: { '@id': `${base}/#church` } }
  return { '@context': 'https://schema.org', '@graph': [organisation, site] }
}
