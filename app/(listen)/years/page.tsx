import type { Metadata } from 'next'
import { services } from '#app/_server/services.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import { listYears } from '#lib/sermons/list-collections.ts'
import { GroupList } from '../_components/group-list.tsx'

// Sermons are published at any time, so the page is made for each request.
export const dynamic = 'force-dynamic'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('collection')
  return { title: t('yearList'), description: t('yearListDescription') }
}

export default async function YearsIndexPage() {
  const [t, groups] = await Promise.all([readTranslations('collection'), listYears(services())])
  return <GroupList title={t('yearList')} base="/years" groups={groups} />
}
