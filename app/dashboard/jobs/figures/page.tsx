import type { Metadata } from 'next'
import { openJobsPage, type SearchParams } from '#app/_server/jobs-page.ts'
import { services } from '#app/_server/services.ts'
import { jobsPath } from '#components/jobs/jobs-path.ts'
import { PageHead } from '#components/jobs/page-head.tsx'
import { StateTabs } from '#components/jobs/state-tabs.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { readTaskFigures } from '#lib/runs/read-task-figures.ts'
import { FiguresTable } from './_components/figures-table.tsx'

export const metadata: Metadata = { title: 'Figures' }

const path = '/dashboard/jobs/figures'
const spans = [
  { hours: 1, label: 'Last hour', short: '1h' },
  { hours: 24, label: '24 hours', short: '24h' },
  { hours: 168, label: '7 days', short: '7d' },
]
const usualHours = 24

export default async function FiguresPage({ searchParams }: { searchParams: SearchParams }) {
  const { member, query, churchQuery } = await openJobsPage(path, searchParams)
  const span =
    spans.find(({ short }) => short === query.window) ?? spans.find(({ hours }) => hours === usualHours)
  const hours = span?.hours ?? usualHours
  const figures = await readTaskFigures(
    { db: services().db, now: () => new Date() },
    { hours, churchId: member.churchId },
  )
  return (
    <>
      <PageHead title="Figures">
        Results of each kind of work, from the runs requested in this period.
      </PageHead>
      <StateTabs
        label="Time"
        tabs={spans.map(({ hours: of, label, short }) => ({
          href: jobsPath(path, { ...churchQuery, window: of === usualHours ? '' : short }),
          label,
          isHere: of === hours,
        }))}
      />
      <div className="mt-4">
        {figures.length > 0 ? (
          <FiguresTable figures={figures} church={churchQuery.church} when={span?.short ?? ''} />
        ) : (
          <EmptyState title="Nothing ran in this time">
            Choose a longer time, or upload a recording.
          </EmptyState>
        )}
      </div>
    </>
  )
}
