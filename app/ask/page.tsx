import type { Metadata } from 'next'
import { services } from '#app/_server/services.ts'
import { AskBox } from '#components/ask/ask-box.tsx'
import { ClientMessages } from '#components/messages/client-messages.tsx'
import { readTranslations } from '#components/messages/read-translations.ts'
import { listPublishedSermons } from '#lib/sermons/list-sermons.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('ask')
  return { title: t('title'), description: t('description') }
}

/** Samples are looked for among this many of the newest sermons. */
const NEWEST = 30

/** Questions that the samples answer, offered only while there are samples. */
const sampleQuestions = ['sampleWorried', 'sampleChange', 'sampleWeak', 'sampleSuffering'] as const

export default async function AskPage({ searchParams }: PageProps<'/ask'>) {
  const [t, { q }, { sermons }] = await Promise.all([
    readTranslations('ask'),
    searchParams,
    listPublishedSermons(services(), { limit: NEWEST }),
  ])
  const suggestions = sermons.some(({ isSample }) => isSample) ? sampleQuestions.map((name) => t(name)) : []
  return (
    <div className="page pt-10 md:pt-20">
      <h1 className="title max-w-2xl text-2xl md:text-3xl">{t('heading')}</h1>
      <p className="mt-3 mb-7 max-w-xl text-base text-soft">{t('introduction')}</p>
      <ClientMessages areas={['ask']}>
        <AskBox initialQuestion={typeof q === 'string' ? q.slice(0, 500) : ''} suggestions={suggestions} />
      </ClientMessages>
    </div>
  )
}
