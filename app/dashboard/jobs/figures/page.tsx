import type { Metadata } from 'next'
import { openJobsPage } from '#app/_server/jobs-page.ts'
import type { SearchParams } from '#app/_server/page-queries.ts'
import { services } from '#app/_server/services.ts'
import { figureWindows } from '#components/jobs/figure-windows.ts'
import { jobsPath } from '#components/jobs/jobs-path.ts'
import { PageHead } from '#components/jobs/page-head.tsx'
import { StateTabs } from '#components/jobs/state-tabs.tsx'
import { readTranslations } from '#components/messages/read-translations.ts'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { readPlaybackFigures } from '#lib/listening/playback-reports.ts'
import { readTaskFigures } from '#lib/runs/read-task-figures.ts'
import { FiguresTable } from './_components/figures-table.tsx'
import { PlaybackTable } from './_components/playback-table.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('jobs')
  return { title: t('figures') }
}

const path = '/dashboard/jobs/figures'
const usualHours = 24

export default async function FiguresPage({ searchParams }: { searchParams: SearchParams }) {
  const { member, query, churchQuery } = await openJobsPage(path, searchParams)
  const span =
    figureWindows.find(({ short }) => short === query.window) ??
    figureWindows.find(({ hours }) => hours === usualHours)
  const t = await readTranslations('jobs')
  const hours = span?.hours ?? usualHours
  const [figures, playback] = await Promise.all([
    readTaskFigures({ db: services().db, now: () => new Date() }, { hours, churchId: member.churchId }),
    readPlaybackFigures({ db: services().db, now: () => new Date() }, { hours, churchId: member.churchId }),
  ])
  return (
    <>
      <PageHead title={t('figures')}>{t('figuresText')}</PageHead>
      <StateTabs
        label={t('time')}
        tabs={figureWindows.map(({ hours: of, label, short }) => ({
          href: jobsPath(path, { ...churchQuery, window: of === usualHours ? '' : short }),
          label: t(label),
          isHere: of === hours,
        }))}
      />
      <div className="mt-4">
        {figures.length > 0 ? (
          <FiguresTable figures={figures} church={churchQuery.church} when={span?.short ?? ''} />
        ) : (
          <EmptyState title={t('noFiguresTitle')}>{t('noFiguresText')}</EmptyState>
        )}
      </div>
      <PlaybackTable figures={playback} />
    </>
  )
}
