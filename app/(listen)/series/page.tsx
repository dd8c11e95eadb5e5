import type { Metadata } from 'next'
import { services } from '#app/_server/services.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import { listSeries } from '#lib/sermons/list-collections.ts'
import { GroupList } from '../_components/group-list.tsx'

// Sermons are published at any time, so the page is made for each request.
export const dynamic = 'force-dynamic'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('library')
  return { title: t('allSeries'), description: t('seriesDescription') }
}

export default async function SeriesIndexPage() {
  const [t, groups] = await Promise.all([readTranslations('library'), listSeries(services())])
  return <GroupList title={t('allSeries')} base="/series" groups={groups} />
}
