import type { Metadata } from 'next'
import { openJobsPage } from '#app/_server/jobs-page.ts'
import type { SearchParams } from '#app/_server/page-queries.ts'
import { services } from '#app/_server/services.ts'
import { PageHead } from '#components/jobs/page-head.tsx'
import { readTranslations } from '#components/messages/read-translations.ts'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { listErrorGroups } from '#lib/runs/list-error-groups.ts'
import { ErrorGroups } from './_components/error-groups.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('jobs')
  return { title: t('errors') }
}

export default async function ErrorsPage({ searchParams }: { searchParams: SearchParams }) {
  const { member, churchQuery } = await openJobsPage('/dashboard/jobs/errors', searchParams)
  const t = await readTranslations('jobs')
  const groups = await listErrorGroups(
    { db: services().db, now: () => new Date() },
    { churchId: member.churchId },
  )
  return (
    <>
      <PageHead title={t('errors')}>{t('errorsText')}</PageHead>
      {groups.length > 0 ? (
        <ErrorGroups groups={groups} church={churchQuery.church} />
      ) : (
        <EmptyState title={t('noErrorsTitle')}>{t('noErrorsText')}</EmptyState>
      )}
    </>
  )
}
