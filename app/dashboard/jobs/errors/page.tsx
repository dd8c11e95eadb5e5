import type { Metadata } from 'next'
import { openJobsPage, type SearchParams } from '#app/_server/jobs-page.ts'
import { services } from '#app/_server/services.ts'
import { PageHead } from '#components/jobs/page-head.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { listErrorGroups } from '#lib/runs/list-error-groups.ts'
import { ErrorGroups } from './_components/error-groups.tsx'

export const metadata: Metadata = { title: 'Errors' }

export default async function ErrorsPage({ searchParams }: { searchParams: SearchParams }) {
  const { member, churchQuery } = await openJobsPage('/dashboard/jobs/errors', searchParams)
  const groups = await listErrorGroups(
    { db: services().db, now: () => new Date() },
    { churchId: member.churchId },
  )
  return (
    <>
      <PageHead title="Errors">Runs that failed in the last seven days, by what went wrong.</PageHead>
      {groups.length > 0 ? (
        <ErrorGroups groups={groups} church={churchQuery.church} />
      ) : (
        <EmptyState title="Nothing failed in the last seven days">
          When a run fails, it is counted here with everything that failed the same way.
        </EmptyState>
      )}
    </>
  )
}
