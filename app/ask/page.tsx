import type { Metadata } from 'next'
import { currentActor } from '#app/_server/actor.ts'
import { readPageQuery } from '#app/_server/page-queries.ts'
import { services } from '#app/_server/services.ts'
import { readAskAddress } from '#components/ask/ask-address.ts'
import { ClientMessages } from '#components/messages/client-messages.tsx'
import { readTranslations } from '#components/messages/read-translations.ts'
import { readAskScopeOptions } from '#lib/ask/ask-scope-options.ts'
import { listPublishedSermons } from '#lib/sermons/list-sermons.ts'
import { answerAddress } from './_components/answer-address.ts'
import { AskPageBox } from './_components/ask-page-box.tsx'

type Props = PageProps<'/ask'>

/** Samples are searched for among this many of the newest sermons. */
const NEWEST = 30

/** Questions that the samples answer, offered only while there are samples. */
const sampleQuestions = ['sampleTroubles', 'sampleChange', 'sampleWeak', 'sampleBell'] as const

async function readAddress(searchParams: Props['searchParams']) {
  const query = await readPageQuery('/ask', searchParams)
  const params = Object.entries(query).flatMap(([name, value]) =>
    [value ?? []].flat().map((text): [string, string] => [name, text]),
  )
  return readAskAddress(new URLSearchParams(params))
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const [t, { question }] = await Promise.all([readTranslations('ask'), readAddress(searchParams)])
  if (question === '') return { title: t('title'), description: t('description') }
  // Opening the page of an answer asks the question, which search engines should not do.
  return { title: t('titleOfQuestion', { question }), robots: { index: false, follow: false } }
}

export default async function AskPage({ searchParams }: Props) {
  const [t, address, actor, { sermons }] = await Promise.all([
    readTranslations('ask'),
    readAddress(searchParams),
    currentActor(),
    listPublishedSermons(services(), { limit: NEWEST }),
  ])
  const memberOf = actor?.memberships.map(({ churchId }) => churchId) ?? []
  const options = await readAskScopeOptions(services(), { ...address, memberOf })
  const suggestions = sermons.some(({ isSample }) => isSample) ? sampleQuestions.map((name) => t(name)) : []
  return (
    <div className="page pt-10 md:pt-20">
      <h1 className="title max-w-2xl text-2xl md:text-3xl">{t('heading')}</h1>
      <p className="mt-3 mb-7 max-w-xl text-base text-soft">{t('introduction')}</p>
      <ClientMessages areas={['ask']}>
        <AskPageBox
          options={options}
          given={await answerAddress(address, { options, actor })}
          suggestions={suggestions}
        />
      </ClientMessages>
    </div>
  )
}
