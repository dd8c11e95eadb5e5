import type { Metadata } from 'next'
import { services } from '#app/_server/services.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import { listGroups } from '#lib/sermons/list-collections.ts'
import { GroupList } from '../_components/group-list.tsx'

// Sermons are published at any time, so the page is made for each request.
export const dynamic = 'force-dynamic'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('collection')
  return { title: t('topicList'), description: t('topicListDescription') }
}

export default async function TopicsIndexPage() {
  const [t, groups] = await Promise.all([
    readTranslations('collection'),
    listGroups(services(), { kind: 'topic' }),
  ])
  return <GroupList title={t('topicList')} base="/topics" groups={groups} />
}
