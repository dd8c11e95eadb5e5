import { services } from '#app/_server/services.ts'
import type { PublicChurch } from '#lib/churches/church-profile.ts'
import { churchData } from '#lib/sharing/church-data.ts'
import { StructuredData } from '../../_components/structured-data.tsx'

/** What search engines read of the church. */
export function ChurchStructuredData({ church }: { church: PublicChurch }) {
  return <StructuredData data={churchData(church, { siteUrl: services().env.SITE_URL })} />
}
