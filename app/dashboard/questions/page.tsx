import type { Metadata } from 'next'
import Link from 'next/link'
import { requirePageMember } from '#app/_server/actor.ts'
import { readPageQuery } from '#app/_server/page-queries.ts'
import { services } from '#app/_server/services.ts'
import { Panel } from '#components/dashboard/panel.tsx'
import { ClientMessages } from '#components/messages/client-messages.tsx'
import { readTranslations } from '#components/messages/read-translations.ts'
import { classNames } from '#components/ui/class-names.ts'
import { readQuestionSettings } from '#lib/churches/question-settings.ts'
import { listQuestionGroups } from '#lib/questions/list-question-groups.ts'
import { listQuestionLinks } from '#lib/questions/list-question-links.ts'
import { listChurchSermons } from '#lib/sermons/list-sermons.ts'
import { AnsweredLinks } from './_components/answered-links.tsx'
import { QuestionGroupItem } from './_components/question-group.tsx'

/** Sermons to choose from; the newest come first. */
const MAX_SERMONS = 100
const MAX_GROUPS = 200
const views = ['open', 'answered'] as const

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('questions')
  return { title: t('title') }
}

/** What listeners asked: questions without an answer first, with the actions for them. */
export default async function QuestionsPage({ searchParams }: PageProps<'/dashboard/questions'>) {
  const { churchId, role } = await requirePageMember('/dashboard/questions')
  const t = await readTranslations('questions')
  const { show = 'open' } = await readPageQuery('/dashboard/questions', searchParams)
  const { db } = services()
  const [groups, links, { sermons }, { keepDays }] = await Promise.all([
    listQuestionGroups({ db }, { churchId, show }),
    listQuestionLinks({ db }, { churchId }),
    listChurchSermons({ db }, { churchId, limit: MAX_SERMONS, publishedOnly: true }),
    readQuestionSettings({ db }, { churchId }),
  ])
  const choices = sermons.map(({ id, title }) => ({ value: id, label: title }))
  const canEdit = role !== 'viewer'
  return (
    <ClientMessages areas={['questions']}>
      <h1 className="title pt-8 text-2xl">{t('title')}</h1>
      <p className="mt-2 max-w-2xl text-sm text-soft">{t('introduction', { days: keepDays })}</p>
      <nav aria-label={t('views')} className="mt-5 flex flex-wrap gap-x-6 gap-y-2">
        {views.map((view) => (
          <Link
            key={view}
            href={view === 'open' ? '/dashboard/questions' : `/dashboard/questions?show=${view}`}
            aria-current={view === show ? 'page' : undefined}
            className={classNames(
              'text-sm underline-offset-4 hover:underline',
              view === show ? 'font-medium text-ink' : 'text-soft',
            )}
          >
            {t(view)}
          </Link>
        ))}
      </nav>
      {groups.length === 0 ? (
        <p className="mt-8 text-base text-soft">{t(show === 'open' ? 'nothingOpen' : 'nothingAnswered')}</p>
      ) : (
        <ul aria-label={t(show)} className="mt-5 max-w-3xl border-t border-line">
          {groups.slice(0, MAX_GROUPS).map(({ lastAskedAt, ...group }) => (
            <QuestionGroupItem
              key={group.ids[0]}
              group={{ ...group, lastAskedIso: lastAskedAt.toISOString() }}
              sermons={choices}
              canAnswer={canEdit && show === 'open'}
              canEdit={canEdit}
            />
          ))}
        </ul>
      )}
      {links.length > 0 ? (
        <div className="mt-10 max-w-3xl">
          <Panel title={t('links')}>
            <AnsweredLinks links={links} canEdit={canEdit} />
          </Panel>
        </div>
      ) : null}
    </ClientMessages>
  )
}
