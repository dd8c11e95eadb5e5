'use client'

import Link from 'next/link'
import { jobsPath } from '#components/jobs/jobs-path.ts'
import { tableClass } from '#components/jobs/table-class.ts'
import type { Translations } from '#components/messages/translations.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { formatElapsed } from '#components/ui/format-elapsed.ts'
import { StatusPill } from '#components/ui/pill.tsx'
import { ProgressBar } from '#components/ui/progress-bar.tsx'
import type { QueueView } from '#lib/runs/read-queues.ts'
import { QueueSwitch } from './queue-switch.tsx'

const taskQueue = 'task/'

/** Every queue: queued work and its oldest wait, running work and its limit, and whether it is paused. */
export function QueueTable({
  queues,
  engineAnswers,
  canChange,
  churchId,
  church,
}: {
  queues: readonly QueueView[]
  engineAnswers: boolean
  canChange: boolean
  churchId: string
  church: string | undefined
}) {
  const t = useTranslations('jobs')
  return (
    <table className={tableClass}>
      <caption className="sr-only">{t('queues')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('queue')}</th>
          <th scope="col" className="max-sm:hidden">
            {t('state')}
          </th>
          <th scope="col" className="text-right! max-sm:hidden">
            {t('waiting')}
          </th>
          <th scope="col" className="text-right! max-sm:hidden">
            {t('oldestWait')}
          </th>
          <th scope="col" className="w-40 pl-5 max-sm:hidden">
            {t('running')}
          </th>
          {canChange ? (
            <th scope="col" className="pr-0! text-right!">
              <span className="sr-only">{t('pauseOrResume')}</span>
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {queues.map((queue) => {
          const task = queue.name.startsWith(taskQueue) ? queue.name.slice(taskQueue.length) : null
          return (
            <tr key={queue.name} data-queue={queue.name} data-paused={queue.paused}>
              <td>
                {task ? (
                  <Link
                    href={jobsPath('/dashboard/jobs', { church, task, status: 'live' })}
                    prefetch={false}
                    className="font-medium wrap-anywhere text-ink no-underline hover:underline"
                  >
                    {task}
                  </Link>
                ) : (
                  <span className="font-medium wrap-anywhere">{queue.name}</span>
                )}
                <div className="figures mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-soft sm:hidden">
                  <State queue={queue} engineAnswers={engineAnswers} />
                  <span>
                    {queue.oldestAgeMs === null
                      ? t('waitingCount', { count: queue.backlog })
                      : t('waitingFor', {
                          count: queue.backlog,
                          duration: formatElapsed(queue.oldestAgeMs),
                        })}
                  </span>
                  <span>{t('runningCount', { count: formatRunning(queue, t) })}</span>
                </div>
              </td>
              <td className="max-sm:hidden">
                <State queue={queue} engineAnswers={engineAnswers} />
              </td>
              <td className="figures text-right max-sm:hidden">
                {queue.backlog > 0 ? queue.backlog : <span className="text-faint">0</span>}
              </td>
              <td className="figures text-right whitespace-nowrap text-soft max-sm:hidden">
                {queue.oldestAgeMs === null ? '–' : formatElapsed(queue.oldestAgeMs)}
              </td>
              <td className="figures pl-5 text-soft max-sm:hidden">
                {formatRunning(queue, t)}
                {queue.limit ? (
                  <ProgressBar
                    value={(queue.running / queue.limit) * 100}
                    label={t('runningOfLimit', { queue: queue.name })}
                    className="mt-1.5"
                  />
                ) : null}
              </td>
              {canChange ? (
                <td className="pr-0! text-right">
                  <QueueSwitch
                    queue={queue.name}
                    paused={queue.paused}
                    disabled={!engineAnswers}
                    churchId={churchId}
                  />
                </td>
              ) : null}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

const formatRunning = (queue: QueueView, t: Translations<'jobs'>) =>
  queue.limit === null ? String(queue.running) : t('ofLimit', { count: queue.running, limit: queue.limit })

function State({ queue, engineAnswers }: { queue: QueueView; engineAnswers: boolean }) {
  const t = useTranslations('jobs')
  if (!engineAnswers) return <StatusPill tone="neutral">{t('notKnown')}</StatusPill>
  if (queue.paused) return <StatusPill tone="warn">{t('paused')}</StatusPill>
  if (queue.running > 0) return <StatusPill tone="running">{t('working')}</StatusPill>
  if (queue.backlog > 0) return <StatusPill tone="waiting">{t('waiting')}</StatusPill>
  return <StatusPill tone="ok">{t('idle')}</StatusPill>
}
