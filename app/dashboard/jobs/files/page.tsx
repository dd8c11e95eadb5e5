import type { Metadata } from 'next'
import { openJobsPage } from '#app/_server/jobs-page.ts'
import type { SearchParams } from '#app/_server/page-queries.ts'
import { services } from '#app/_server/services.ts'
import { Panel } from '#components/dashboard/panel.tsx'
import { ActionLog } from '#components/jobs/action-log.tsx'
import { PageHead } from '#components/jobs/page-head.tsx'
import { readTranslations } from '#components/messages/read-translations.ts'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { listJobActions } from '#lib/runs/list-job-actions.ts'
import { OrphanCheck } from './_components/orphan-check.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('jobs')
  return { title: t('files') }
}

export default async function FilesPage({ searchParams }: { searchParams: SearchParams }) {
  const { member } = await openJobsPage('/dashboard/jobs/files', searchParams)
  const { churchId, role } = member
  const t = await readTranslations('jobs')
  const actions = await listJobActions({ db: services().db }, { churchId, kind: 'files' })
  return (
    <>
      <PageHead title={t('files')}>{t('filesText')}</PageHead>
      {role === 'owner' ? (
        <OrphanCheck churchId={churchId} />
      ) : (
        <EmptyState title={t('filesOwnersTitle')}>{t('filesOwnersText')}</EmptyState>
      )}
      <div className="pt-8">
        <Panel title={t('whoRemovedFiles')}>
          <ActionLog actions={actions} />
        </Panel>
      </div>
    </>
  )
}
