import type { Metadata } from 'next'
import { requirePageMember } from '#app/_server/actor.ts'
import { services } from '#app/_server/services.ts'
import { AutoRefresh } from '#components/jobs/auto-refresh.tsx'
import { RunFilter } from '#components/jobs/run-filter.tsx'
import { unfinishedStatuses } from '#components/jobs/run-status-pill.tsx'
import { RunTable } from '#components/jobs/run-table.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { listRuns, runFilterSchema } from '#lib/jobs/list-runs.ts'
import { listRunTasks } from '#lib/jobs/read-run.ts'

export const metadata: Metadata = { title: 'Jobs' }

export default async function JobsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const { churchId } = await requirePageMember('/dashboard/jobs')
  const query = Object.fromEntries(
    Object.entries(await searchParams).filter(([, value]) => typeof value === 'string' && value !== ''),
  )
  const parsed = runFilterSchema.safeParse(query)
  // A filter that cannot be read filters nothing, rather than breaking the page.
  const filter = parsed.success ? parsed.data : runFilterSchema.parse({})
  const { db } = services()
  const { runs, next } = await listRuns({ db }, { ...filter, churchId })
  const tasks = await listRunTasks({ db })
  const values = {
    status: filter.status ?? '',
    task: filter.task ?? '',
    sermon: filter.sermon ?? '',
    error: filter.error ?? '',
  }
  const isFiltered = Object.values(values).some((value) => value !== '') || filter.cursor !== undefined
  const given = new URLSearchParams(Object.entries(values).filter(([, value]) => value !== ''))
  if (next) given.set('cursor', next)

  return (
    <>
      <h1 className="title pt-8 pb-5 text-2xl">Jobs</h1>
      <AutoRefresh isBusy={runs.some(({ status }) => unfinishedStatuses.includes(status))} />
      <RunFilter
        values={values}
        tasks={tasks}
        sermonTitle={values.sermon ? (runs[0]?.sermon?.title ?? 'one sermon') : null}
      />
      <div className="mt-6">
        {runs.length > 0 ? (
          <RunTable runs={runs} />
        ) : isFiltered ? (
          <EmptyState
            title="No run fits these filters"
            action={<ButtonLink href="/dashboard/jobs">Show all runs</ButtonLink>}
          />
        ) : (
          <EmptyState title="Nothing has run yet">
            When a recording is uploaded, the work on it shows here, step by step.
          </EmptyState>
        )}
      </div>
      {next ? (
        <div className="mt-8 flex justify-center">
          <ButtonLink href={`/dashboard/jobs?${given}`}>Older runs</ButtonLink>
        </div>
      ) : null}
    </>
  )
}
