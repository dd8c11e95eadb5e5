'use client'

import { RelativeTime } from '#components/dates/relative-time.tsx'
import { useTranslations } from '#components/messages/use-translations.ts'
import type { MessageKey } from '#lib/messages/languages.ts'
import type { JobAction } from '#lib/runs/list-job-actions.ts'

const messages: Record<string, MessageKey<'jobs'>> = {
  'queue.paused': 'didQueuePaused',
  'queue.resumed': 'didQueueResumed',
  'files.removed': 'didRemoveFiles',
  'run.retried': 'didRunRetried',
  'run.cancelled': 'didRunCancelled',
  'runs.retried': 'didRunsRetried',
  'runs.cancelled': 'didRunsCancelled',
  'step.rerun': 'didStepRerun',
  'dead-letter.redriven': 'didRedriveOne',
  'dead-letter.discarded': 'didDiscard',
  'redrive.started': 'didRedriveStart',
  'redrive.stopped': 'didRedriveStop',
  'redrive.finished': 'didRedriveFinish',
}

/** Who did what, newest first. */
export function ActionLog({ actions }: { actions: readonly JobAction[] }) {
  const t = useTranslations('jobs')
  if (actions.length === 0) return <p className="text-sm text-soft">{t('noActions')}</p>
  return (
    <ol className="flex flex-col">
      {actions.map((action) => (
        <li
          key={action.id}
          className="flex flex-wrap items-baseline gap-x-3 border-t border-line py-2 text-sm first:border-t-0"
        >
          <span className="min-w-0 flex-1 wrap-anywhere">
            {t.rich(messages[action.action] ?? 'didOther', {
              who: () => <span className="font-medium">{action.actor ?? t('selahItself')}</span>,
              subject: () => (
                <span className="font-mono text-xs">
                  {action.action.startsWith('queue.') ? action.subject : action.action}
                </span>
              ),
            })}
            <Details details={action.details} />
          </span>
          <RelativeTime iso={action.at} className="figures text-xs text-faint" />
        </li>
      ))}
    </ol>
  )
}

function Details({ details }: { details: Record<string, unknown> }) {
  const t = useTranslations('jobs')
  const { total, perSecond, released, count, because, changed } = details
  const parts = [
    typeof total === 'number' && typeof perSecond === 'number'
      ? t('detailRate', { count: total, perSecond })
      : '',
    typeof released === 'number' ? t('detailRedriven', { count: released }) : '',
    typeof count === 'number' && count > 1 ? t('deadLetterCount', { count }) : '',
    typeof changed === 'number' ? t('detailChanged', { count: changed }) : '',
    typeof because === 'string' && because !== 'person' ? because : '',
  ].filter((part) => part !== '')
  return parts.length > 0 ? <span className="figures text-soft"> · {parts.join(' · ')}</span> : null
}
