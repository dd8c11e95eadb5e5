import type { Metadata } from 'next'
import { jobEngine } from '#app/_server/job-engine.ts'
import { openJobsPage, type SearchParams } from '#app/_server/jobs-page.ts'
import { services } from '#app/_server/services.ts'
import { Panel } from '#components/dashboard/panel.tsx'
import { ActionLog } from '#components/jobs/action-log.tsx'
import { PageHead } from '#components/jobs/page-head.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { listJobActions } from '#lib/runs/list-job-actions.ts'
import { readQueues } from '#lib/runs/read-queues.ts'
import { QueueTable } from './_components/queue-table.tsx'

export const metadata: Metadata = { title: 'Queues' }

export default async function QueuesPage({ searchParams }: { searchParams: SearchParams }) {
  const { member, churchQuery } = await openJobsPage('/dashboard/jobs/queues', searchParams)
  const { churchId, role } = member
  const { db } = services()
  const [{ queues, engineAnswers }, actions] = await Promise.all([
    readQueues({ db, jobs: jobEngine(), now: () => new Date() }),
    listJobActions({ db }, { churchId, kind: 'queues' }),
  ])

  return (
    <>
      <PageHead title="Queues">
        Each kind of work has its own queue, shared by all churches of this installation. A paused queue
        finishes running work and starts nothing new.
      </PageHead>
      {queues.length > 0 ? (
        <QueueTable
          queues={queues}
          engineAnswers={engineAnswers}
          canChange={role === 'owner'}
          churchId={churchId}
          church={churchQuery.church}
        />
      ) : (
        <EmptyState title={engineAnswers ? 'There is no queue yet' : 'Queues cannot be shown just now'}>
          {engineAnswers
            ? 'A queue appears with the first work of its kind.'
            : 'The job engine does not answer. This page tries again automatically.'}
        </EmptyState>
      )}
      <div className="pt-8">
        <Panel title="Who paused what">
          <ActionLog actions={actions} />
        </Panel>
      </div>
    </>
  )
}
