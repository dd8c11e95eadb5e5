'use client'

import Link from 'next/link'
import { jobsPath } from '#components/jobs/jobs-path.ts'
import { tableClass } from '#components/jobs/table-class.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { classNames } from '#components/ui/class-names.ts'
import { formatElapsed } from '#components/ui/format-elapsed.ts'
import type { TaskFigures } from '#lib/runs/read-task-figures.ts'

const number = 'text-right!'
const numberCell = 'figures text-right whitespace-nowrap'

/** One row for each task: success rate, durations, number of runs. */
export function FiguresTable({
  figures,
  church,
  when,
}: {
  figures: readonly TaskFigures[]
  church: string | undefined
  when: string
}) {
  const t = useTranslations('jobs')
  return (
    <table className={tableClass}>
      <caption className="sr-only">{t('figuresCaption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('task')}</th>
          <th scope="col" className="sm:w-48">
            {t('success')}
          </th>
          <th scope="col" className={`${number} max-sm:pr-0!`}>
            {t('median')}
          </th>
          <th scope="col" className={`${number} max-sm:hidden`}>
            {t('p95')}
          </th>
          <th scope="col" className={`${number} max-md:hidden`}>
            {t('runs')}
          </th>
          <th scope="col" className={`${number} max-md:hidden`}>
            {t('retries')}
          </th>
          <th scope="col" className={`${number} pr-0! max-sm:hidden`}>
            {t('perHour')}
          </th>
        </tr>
      </thead>
      <tbody>
        {figures.map((task) => (
          <tr key={task.taskId} data-task={task.taskId}>
            <td>
              <Link
                href={jobsPath('/dashboard/jobs', { church, task: task.taskId, when })}
                prefetch={false}
                className="font-medium wrap-anywhere text-ink no-underline hover:underline"
              >
                {task.taskId}
              </Link>
              <p className="figures mt-0.5 text-xs text-soft md:hidden">
                {t('runsAndRetries', { runs: task.runs, retries: task.retries })}
              </p>
            </td>
            <td>
              <Success rate={task.successRate} />
            </td>
            <td className={`${numberCell} max-sm:pr-0!`}>{duration(task.p50Ms)}</td>
            <td className={`${numberCell} max-sm:hidden`}>{duration(task.p95Ms)}</td>
            <td className={`${numberCell} max-md:hidden`}>{t('number', { value: task.runs })}</td>
            <td className={`${numberCell} max-md:hidden`}>{t('number', { value: task.retries })}</td>
            <td className={`${numberCell} pr-0! max-sm:hidden`}>
              {task.perHour >= 10 ? Math.round(task.perHour) : task.perHour.toFixed(1)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const duration = (ms: number | null) => (ms === null ? '–' : formatElapsed(ms))

/** A percentage with a bar next to it. */
function Success({ rate }: { rate: number | null }) {
  const t = useTranslations('jobs')
  if (rate === null) return <span className="text-faint">–</span>
  const percent = rate * 100
  const value = percent === 100 ? '100' : Math.min(99.9, percent).toFixed(1)
  return (
    <span className="flex items-center gap-2.5">
      <span className="figures w-14 shrink-0">{t('percent', { value })}</span>
      <span aria-hidden className="hidden h-1.5 flex-1 overflow-hidden rounded-full bg-line sm:block">
        <span
          className={classNames(
            'block h-full rounded-full',
            rate < 0.9 ? 'bg-danger' : rate < 0.99 ? 'bg-warn' : 'bg-ok',
          )}
          style={{ width: `${percent}%` }}
        />
      </span>
    </span>
  )
}
