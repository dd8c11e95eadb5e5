import type { Metadata } from 'next'
import { requirePageMember } from '#app/_server/actor.ts'
import { services } from '#app/_server/services.ts'
import { Panel } from '#components/dashboard/panel.tsx'
import { ClientMessages } from '#components/messages/client-messages.tsx'
import { readTranslations } from '#components/messages/read-translations.ts'
import { listCollections } from '#lib/sermons/collections.ts'
import { CollectionRow } from './_components/collection-row.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('names')
  return { title: t('title') }
}

/** The speakers, series and topics of the church: to describe and rename them, and to merge those that are the same. */
export default async function NamesPage() {
  const { churchId, role } = await requirePageMember('/dashboard/names')
  const t = await readTranslations('names')
  const [speakers, series, topics] = await Promise.all([
    listCollections(services(), { kind: 'speaker', churchId }),
    listCollections(services(), { kind: 'series', churchId }),
    listCollections(services(), { kind: 'topic', churchId }),
  ])
  const lists = [
    { kind: 'speaker', title: t('speakers'), empty: t('noSpeakers'), all: speakers },
    { kind: 'series', title: t('series'), empty: t('noSeries'), all: series },
    { kind: 'topic', title: t('topics'), empty: t('noTopics'), all: topics },
  ] as const
  return (
    <ClientMessages areas={['names']}>
      <h1 className="title pt-8 text-2xl">{t('title')}</h1>
      <p className="mt-1.5 max-w-prose pb-6 text-sm text-soft">{t('text')}</p>
      <div className="flex max-w-3xl flex-col gap-6">
        {lists.map(({ kind, title, empty, all }) => (
          <Panel key={kind} title={title}>
            {all.length === 0 ? <p className="text-sm text-soft">{empty}</p> : null}
            <ul className="divide-y divide-line">
              {all.map((one) => (
                <CollectionRow
                  key={one.id}
                  kind={kind}
                  one={one}
                  others={all.filter(({ id }) => id !== one.id)}
                  canEdit={role !== 'viewer'}
                />
              ))}
            </ul>
          </Panel>
        ))}
      </div>
    </ClientMessages>
  )
}
