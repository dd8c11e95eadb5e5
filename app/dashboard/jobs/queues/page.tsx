import type { Metadata } from 'next'
import { jobEngine } from '#app/_server/job-engine.ts'
import { openJobsPage } from '#app/_server/jobs-page.ts'
import type { SearchParams } from '#app/_server/page-queries.ts'
import { services } from '#app/_server/services.ts'
import { Panel } from '#components/dashboard/panel.tsx'
import { ActionLog } from '#components/jobs/action-log.tsx'
import { PageHead } from '#components/jobs/page-head.tsx'
import { readTranslations } from '#components/messages/read-translations.ts'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { listJobActions } from '#lib/runs/list-job-actions.ts'
import { readQueues } from '#lib/runs/read-queues.ts'
import { QueueTable } from './_components/queue-table.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('jobs')
  return { title: t('queues') }
}

export default async function QueuesPage({ searchParams }: { searchParams: SearchParams }) {
  const { member, churchQuery } = await openJobsPage('/dashboard/jobs/queues', searchParams)
  const { churchId, role } = member
  const t = await readTranslations('jobs')
  const { db } = services()
  const [{ queues, engineAnswers }, actions] = await Promise.all([
    readQueues({ db, jobs: jobEngine(), now: () => new Date() }),
    listJobActions({ db }, { churchId, kind: 'queues' }),
  ])

  return (
    <>
      <PageHead title={t('queues')}>{t('queuesText')}</PageHead>
      {queues.length > 0 ? (
        <QueueTable
          queues={queues}
          engineAnswers={engineAnswers}
          canChange={role === 'owner'}
          churchId={churchId}
          church={churchQuery.church}
        />
      ) : (
        <EmptyState title={t(engineAnswers ? 'noQueuesTitle' : 'queuesUnknownTitle')}>
          {t(engineAnswers ? 'noQueuesText' : 'queuesUnknownText')}
        </EmptyState>
      )}
      <div className="pt-8">
        <Panel title={t('whoPaused')}>
          <ActionLog actions={actions} />
        </Panel>
      </div>
    </>
  )
}
