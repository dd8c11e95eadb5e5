import type { Metadata } from 'next'
import { services } from '#app/_server/services.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import { listSpeakers } from '#lib/sermons/list-collections.ts'
import { GroupList } from '../_components/group-list.tsx'

// Sermons are published at any time, so the page is made for each request.
export const dynamic = 'force-dynamic'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('library')
  return { title: t('allSpeakers'), description: t('speakersDescription') }
}

export default async function SpeakersIndexPage() {
  const [t, groups] = await Promise.all([readTranslations('library'), listSpeakers(services())])
  return <GroupList title={t('allSpeakers')} base="/speakers" groups={groups} />
}
