import { services } from '#app/_server/services.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'
import { sermonData } from '#lib/sharing/sermon-data.ts'
import { StructuredData } from '../../../_components/structured-data.tsx'

/** What search engines read of a sermon; nothing of a draft. */
export function SermonStructuredData({
  sermon,
  churchName,
}: {
  sermon: SermonView
  churchName: string | null
}) {
  if (sermon.publication !== 'published') return null
  return <StructuredData data={sermonData(sermon, { siteUrl: services().env.SITE_URL, churchName })} />
}
