'use client'

import { Check, CircleAlert, CircleDashed, LoaderCircle } from 'lucide-react'
import Link from 'next/link'
import { jobsPath } from '#components/jobs/jobs-path.ts'
import { moveBetweenRows } from '#components/jobs/move-between-rows.ts'
import { runStatusMessages } from '#components/jobs/run-status-pill.tsx'
import { useTranslations } from '#components/messages/use-translations.ts'
import { classNames } from '#components/ui/class-names.ts'
import { formatElapsed } from '#components/ui/format-elapsed.ts'
import { runStatusGroups } from '#lib/jobs/run-statuses.ts'
import type { WaterfallRow } from './plan-waterfall.ts'

const failed: readonly string[] = runStatusGroups.bad
const going = ['running', 'waiting']
const columns =
  'grid grid-cols-[minmax(0,1fr)_4.75rem] items-center gap-x-3 px-2 sm:grid-cols-[minmax(0,14rem)_minmax(0,1fr)_4.75rem]'

function look(status: WaterfallRow['status']) {
  if (status === 'completed') return { Icon: Check, text: 'text-ok', bar: 'bg-ok' }
  if (failed.includes(status)) return { Icon: CircleAlert, text: 'text-danger', bar: 'bg-danger' }
  if (going.includes(status)) return { Icon: LoaderCircle, text: 'text-accent', bar: 'bg-accent' }
  return { Icon: CircleDashed, text: 'text-faint', bar: 'bg-line-strong' }
}

/** The address of a row: the run, the attempts of a run, or the detail of a step next to its run. */
function hrefOf(row: WaterfallRow, currentRunId: string, church: string | undefined): string {
  if (row.kind === 'step') return jobsPath(`/dashboard/jobs/${currentRunId}`, { church, step: row.stepId })
  return jobsPath(`/dashboard/jobs/${row.runId}`, { church, show: row.kind === 'attempt' ? 'attempts' : '' })
}

/**
 * A family of runs as a tree, with the start and the duration of each run, attempt and step. Every row is a
 * link to its detail; the arrow keys move between them.
 */
export function Waterfall({
  rows,
  wholeMs,
  currentRunId,
  currentStepId,
  church,
}: {
  rows: readonly WaterfallRow[]
  wholeMs: number
  currentRunId: string
  currentStepId: string | null
  church: string | undefined
}) {
  const t = useTranslations('jobs')
  return (
    <div className="text-sm">
      <div aria-hidden className={classNames(columns, 'pb-1.5 text-xs text-faint max-sm:hidden')}>
        <span />
        <span className="figures flex justify-between">
          <span>0</span>
          <span>{formatElapsed(wholeMs / 2)}</span>
          <span>{formatElapsed(wholeMs)}</span>
        </span>
        <span />
      </div>
      <ul onKeyDown={moveBetweenRows} aria-label={t('runsAndSteps')}>
        {rows.map((row) => {
          const { Icon, text, bar } = look(row.status)
          const isCurrent =
            row.kind === 'step'
              ? row.stepId === currentStepId
              : row.kind === 'run' && row.runId === currentRunId && currentStepId === null
          return (
            <li key={row.key} data-row={row.kind} data-status={row.status}>
              <Link
                href={hrefOf(row, currentRunId, church)}
                prefetch={false}
                scroll={false}
                data-row-link
                aria-current={isCurrent ? 'true' : undefined}
                className={classNames(
                  columns,
                  'rounded-sm py-1.5 text-ink no-underline hover:bg-sunken',
                  isCurrent && 'bg-accent-soft hover:bg-accent-soft',
                )}
              >
                <span className="flex min-w-0 items-center gap-2" style={{ paddingLeft: `${row.depth}rem` }}>
                  <Icon
                    aria-hidden
                    size={15}
                    className={classNames('shrink-0', text, going.includes(row.status) && 'animate-turn')}
                  />
                  <span className={classNames('truncate', row.kind === 'run' ? 'font-medium' : 'text-soft')}>
                    {row.kind === 'attempt' ? t('attemptNumber', { number: row.label }) : row.label}
                  </span>
                  <span className="sr-only">{t(runStatusMessages[row.status])}</span>
                  {row.attempt > 1 ? (
                    <span className="figures shrink-0 text-xs text-faint">
                      {t('attemptCount', { count: row.attempt })}
                    </span>
                  ) : null}
                </span>
                <span aria-hidden className="relative hidden h-2 rounded-full bg-line/60 sm:block">
                  {row.width > 0 ? (
                    <span
                      className={classNames(
                        'absolute inset-y-0 rounded-full',
                        bar,
                        row.kind !== 'run' && 'opacity-60',
                      )}
                      style={{ left: `${row.offset}%`, width: `${row.width}%` }}
                    />
                  ) : null}
                </span>
                <span className="figures text-right text-xs text-soft">
                  {row.durationMs === null ? '–' : formatElapsed(row.durationMs)}
                </span>
              </Link>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
