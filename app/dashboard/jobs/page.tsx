import type { Metadata } from 'next'
import Link from 'next/link'
import { openJobsPage } from '#app/_server/jobs-page.ts'
import type { SearchParams } from '#app/_server/page-queries.ts'
import { services } from '#app/_server/services.ts'
import { jobsPath } from '#components/jobs/jobs-path.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import { ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PageLinks } from '#components/ui/page-links.tsx'
import { catalog } from '#lib/jobs/catalog.ts'
import { listRuns, runFilterSchema } from '#lib/runs/list-runs.ts'
import { summariseRuns } from '#lib/runs/summarise-runs.ts'
import { BulkChange } from './_components/bulk-change.tsx'
import { RunFilter } from './_components/run-filter.tsx'
import { describeRunFilter, readRunFilter, toRunQuery } from './_components/run-filter-words.ts'
import { RunTable } from './_components/run-table.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('jobs')
  return { title: t('runs') }
}

const path = '/dashboard/jobs'
const tasks = Object.keys(catalog)

export default async function RunsPage({ searchParams }: { searchParams: SearchParams }) {
  const { member, query, churchQuery } = await openJobsPage(path, searchParams)
  const { churchId, role } = member
  const t = await readTranslations('jobs')
  const { church } = churchQuery
  const values = readRunFilter(query)
  const chosen = toRunQuery(values, Date.now())
  const filter = runFilterSchema.parse({ ...chosen, cursor: query.cursor })
  const { db } = services()
  const [{ runs, next }, summary] = await Promise.all([
    listRuns({ db }, { ...filter, churchId }),
    summariseRuns({ db, now: () => new Date() }, { churchId }),
  ])
  const isFiltered = Object.values(values).some((value) => value !== '')
  const sermonTitle = values.sermon ? (runs[0]?.sermon?.title ?? null) : null
  const words = describeRunFilter(values, sermonTitle, t)
  const counts = [
    {
      name: 'countRunning',
      count: summary.running,
      href: jobsPath(path, { ...churchQuery, status: 'live' }),
    },
    {
      name: 'countQueued',
      count: summary.queued,
      href: jobsPath(path, { ...churchQuery, status: 'queued' }),
    },
    {
      name: 'countFailed',
      count: summary.failedToday,
      href: jobsPath(path, { ...churchQuery, status: 'bad', when: '24h' }),
    },
  ] as const

  return (
    <>
      <div className="flex flex-wrap items-end gap-x-6 gap-y-2 pt-6 pb-5">
        <h1 className="title flex-1 text-2xl">{t('runs')}</h1>
        <p className="figures flex flex-wrap gap-x-4 text-xs text-soft">
          {counts.map(({ name, count, href }) => (
            <Link
              key={name}
              href={href}
              prefetch={false}
              className="py-1 text-soft no-underline hover:text-ink hover:underline"
            >
              {t.rich(name, {
                count,
                n: (text) => <span className={count > 0 ? 'font-semibold text-ink' : ''}>{text}</span>,
              })}
            </Link>
          ))}
        </p>
      </div>
      <RunFilter values={values} church={church} tasks={tasks} sermonTitle={sermonTitle} />
      {role === 'owner' ? (
        // Also without runs: the result of a change may still be on the screen.
        <div className={runs.length > 0 ? 'mt-5 flex flex-wrap items-center gap-2' : undefined}>
          {runs.length > 0 ? (
            <p className="min-w-0 flex-1 basis-full truncate text-xs text-faint sm:basis-52">
              {isFiltered ? t('filterIs', { words }) : t('allRunsNewest')}
            </p>
          ) : null}
          {(['retry', 'cancel'] as const).map((kind) => (
            <BulkChange
              key={kind}
              kind={kind}
              query={chosen}
              words={words}
              church={churchId}
              isOffered={runs.length > 0}
            />
          ))}
        </div>
      ) : null}
      <div className="mt-4">
        {runs.length > 0 ? (
          <RunTable runs={runs} church={church} />
        ) : isFiltered || query.cursor ? (
          <EmptyState
            title={t('noMatchTitle')}
            action={<ButtonLink href={jobsPath(path, churchQuery)}>{t('showAllRuns')}</ButtonLink>}
          />
        ) : (
          <EmptyState title={t('noRunsTitle')}>{t('noRunsText')}</EmptyState>
        )}
      </div>
      <PageLinks
        firstHref={query.cursor ? jobsPath(path, { ...values, ...churchQuery }) : null}
        nextHref={next && jobsPath(path, { ...values, ...churchQuery, cursor: next })}
        nextLabel={t('olderRuns')}
      />
    </>
  )
}
