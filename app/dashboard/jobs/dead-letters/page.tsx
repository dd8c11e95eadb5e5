import type { Metadata } from 'next'
import { openJobsPage } from '#app/_server/jobs-page.ts'
import type { SearchParams } from '#app/_server/page-queries.ts'
import { services } from '#app/_server/services.ts'
import { Panel } from '#components/dashboard/panel.tsx'
import { ActionLog } from '#components/jobs/action-log.tsx'
import { DeadLetterList } from '#components/jobs/dead-letter-list.tsx'
import { jobsPath } from '#components/jobs/jobs-path.ts'
import { PageHead } from '#components/jobs/page-head.tsx'
import { RedriveList } from '#components/jobs/redrive-list.tsx'
import { deadLetterStateMessages } from '#components/jobs/state-messages.ts'
import { StateTabs } from '#components/jobs/state-tabs.tsx'
import { readTranslations } from '#components/messages/read-translations.ts'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PageLinks } from '#components/ui/page-links.tsx'
import {
  deadLetterFilterSchema,
  listDeadLetterGroups,
  listDeadLetters,
} from '#lib/dead-letters/list-dead-letters.ts'
import { listRedrives } from '#lib/dead-letters/start-redrive.ts'
import { listJobActions } from '#lib/runs/list-job-actions.ts'
import { DeadLetterGroups } from './_components/dead-letter-groups.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('jobs')
  return { title: t('deadLetters') }
}

const path = '/dashboard/jobs/dead-letters'
const states = ['open', 'redriven', 'resolved', 'discarded'] as const

export default async function DeadLettersPage({ searchParams }: { searchParams: SearchParams }) {
  const { member, query, churchQuery } = await openJobsPage(path, searchParams)
  const { churchId, role } = member
  const t = await readTranslations('jobs')
  const { db } = services()
  const filter = deadLetterFilterSchema.parse({ state: query.state, cursor: query.cursor })
  const state = filter.state ?? 'open'
  const [redrives, actions] = await Promise.all([
    listRedrives({ db }, { churchId }),
    listJobActions({ db }, { churchId, kind: 'dead-letters' }),
  ])
  const running = redrives.filter((redrive) => redrive.state === 'running')
  const canChange = role === 'owner'

  return (
    <>
      <PageHead title={t('deadLetters')}>{t('deadLettersText')}</PageHead>
      {running.length > 0 ? (
        <div className="pb-6">
          <RedriveList
            redrives={running}
            canChange={canChange}
            churchId={churchId}
            church={churchQuery.church}
          />
        </div>
      ) : null}
      <StateTabs
        label={t('state')}
        tabs={states.map((one) => ({
          href: jobsPath(path, { ...churchQuery, state: one === 'open' ? '' : one }),
          label: t(deadLetterStateMessages[one]),
          isHere: one === state,
        }))}
      />
      <div className="mt-4">
        {state === 'open' ? (
          <OpenGroups churchId={churchId} church={churchQuery.church} />
        ) : (
          <Closed filter={filter} churchId={churchId} churchQuery={churchQuery} />
        )}
      </div>
      <div className="pt-8">
        <Panel title={t('whoDidWhat')}>
          <ActionLog actions={actions} />
        </Panel>
      </div>
    </>
  )
}

async function OpenGroups({ churchId, church }: { churchId: string; church: string | undefined }) {
  const groups = await listDeadLetterGroups({ db: services().db, now: () => new Date() }, { churchId })
  const t = await readTranslations('jobs')
  if (groups.length > 0) return <DeadLetterGroups groups={groups} church={church} />
  return <EmptyState title={t('noDeadLettersTitle')}>{t('noDeadLettersText')}</EmptyState>
}

async function Closed({
  filter,
  churchId,
  churchQuery,
}: {
  filter: Parameters<typeof listDeadLetters>[1]
  churchId: string
  churchQuery: Record<string, string>
}) {
  const { deadLetters, next } = await listDeadLetters({ db: services().db }, { ...filter, churchId })
  const t = await readTranslations('jobs')
  if (deadLetters.length === 0) return <EmptyState title={t('noDeadLettersInState')} />
  return (
    <>
      <DeadLetterList
        letters={deadLetters}
        canChange={false}
        churchId={churchId}
        church={churchQuery.church}
      />
      <PageLinks
        firstHref={filter.cursor ? jobsPath(path, { ...churchQuery, state: filter.state }) : null}
        nextHref={next && jobsPath(path, { ...churchQuery, state: filter.state, cursor: next })}
        nextLabel={t('olderDeadLetters')}
      />
    </>
  )
}
