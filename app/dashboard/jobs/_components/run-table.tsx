'use client'

import Link from 'next/link'
import { RelativeTime } from '#components/dates/relative-time.tsx'
import { Elapsed } from '#components/jobs/elapsed.tsx'
import { jobsPath } from '#components/jobs/jobs-path.ts'
import { Row, RowTable } from '#components/jobs/row-table.tsx'
import { RunStatusPill } from '#components/jobs/run-status-pill.tsx'
import { useTranslations } from '#components/messages/use-translations.ts'
import { textIn } from '#components/text/text-in.ts'
import type { RunRow } from '#lib/runs/list-runs.ts'

/** Runs, newest first. The whole row opens the run; the task's name is the link for keyboards and screen readers. */
export function RunTable({ runs, church }: { runs: readonly RunRow[]; church: string | undefined }) {
  const t = useTranslations('jobs')
  return (
    <RowTable
      caption={t('runsCaption')}
      head={
        <>
          <th scope="col" className="sm:w-32">
            {t('status')}
          </th>
          <th scope="col">{t('task')}</th>
          <th scope="col" className="max-lg:hidden">
            {t('sermon')}
          </th>
          <th scope="col" className="max-sm:hidden">
            {t('started')}
          </th>
          <th scope="col" className="text-right! max-sm:pr-0!">
            {t('took')}
          </th>
          <th scope="col" className="pr-0! text-right! max-sm:hidden">
            {t('attempts')}
          </th>
        </>
      }
    >
      {runs.map((run) => {
        const href = jobsPath(`/dashboard/jobs/${run.id}`, { church })
        return (
          <Row key={run.id} href={href} data-run={run.status}>
            <td>
              <RunStatusPill status={run.status} />
            </td>
            <td>
              <Link
                href={href}
                prefetch={false}
                data-row-link
                className="font-medium wrap-anywhere text-ink sm:whitespace-nowrap no-underline hover:underline"
              >
                {run.taskId}
              </Link>
              <p className="mt-0.5 text-xs text-soft lg:hidden">
                {run.sermon ? `${run.sermon.title} · ` : null}
                <RelativeTime iso={run.startedAt ?? run.createdAt} />
              </p>
              {run.errorMessage ? (
                <p className="mt-0.5 line-clamp-2 max-w-96 text-xs wrap-anywhere text-danger">
                  {run.errorMessage}
                </p>
              ) : null}
            </td>
            <td className="min-w-40 max-lg:hidden">
              {run.sermon ? (
                <Link
                  href={`/dashboard/sermons/${run.sermon.id}`}
                  prefetch={false}
                  className="text-soft no-underline hover:text-ink hover:underline"
                >
                  <bdi {...textIn(null)}>{run.sermon.title}</bdi>
                </Link>
              ) : (
                <span className="text-faint">–</span>
              )}
            </td>
            <td className="figures whitespace-nowrap text-soft max-sm:hidden">
              <RelativeTime iso={run.startedAt ?? run.createdAt} />
            </td>
            <td className="figures text-right whitespace-nowrap text-soft max-sm:pr-0!">
              <Elapsed startedAt={run.startedAt} finishedAt={run.finishedAt} />
            </td>
            <td className="figures pr-0! text-right text-soft max-sm:hidden">{run.attempt}</td>
          </Row>
        )
      })}
    </RowTable>
  )
}
