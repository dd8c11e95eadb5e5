'use client'

import { RelativeTime } from '#components/ui/relative-time.tsx'
import type { JobAction } from '#lib/runs/list-job-actions.ts'

const phrases: Record<string, string> = {
  'queue.paused': 'paused',
  'queue.resumed': 'resumed',
  'run.retried': 'retried a run',
  'run.cancelled': 'cancelled a run',
  'runs.retried': 'retried runs',
  'runs.cancelled': 'cancelled runs',
  'step.rerun': 'ran a step again',
  'dead-letter.redriven': 'redrove one dead letter',
  'dead-letter.discarded': 'discarded dead letters',
  'redrive.started': 'began a release',
  'redrive.stopped': 'stopped a release',
  'redrive.finished': 'finished a release',
}

/** Who did what, newest first. */
export function ActionLog({ actions }: { actions: readonly JobAction[] }) {
  if (actions.length === 0) return <p className="text-sm text-soft">No one has done anything here yet.</p>
  return (
    <ol className="flex flex-col">
      {actions.map((action) => (
        <li
          key={action.id}
          className="flex flex-wrap items-baseline gap-x-3 border-t border-line py-2 text-sm first:border-t-0"
        >
          <span className="min-w-0 flex-1 wrap-anywhere">
            <span className="font-medium">{action.actor ?? 'Selah itself'}</span>{' '}
            {phrases[action.action] ?? action.action}
            {action.action.startsWith('queue.') ? (
              <span className="font-mono text-xs"> {action.subject}</span>
            ) : null}
            <Details details={action.details} />
          </span>
          <RelativeTime iso={action.at} className="figures text-xs text-faint" />
        </li>
      ))}
    </ol>
  )
}

function Details({ details }: { details: Record<string, unknown> }) {
  const { total, perSecond, released, count, because, changed } = details
  const parts = [
    typeof total === 'number' && typeof perSecond === 'number'
      ? `${total} dead letters at ${perSecond} per second`
      : '',
    typeof released === 'number' ? `${released} released` : '',
    typeof count === 'number' && count > 1 ? `${count} dead letters` : '',
    typeof changed === 'number' ? `${changed} changed` : '',
    typeof because === 'string' && because !== 'person' ? because : '',
  ].filter((part) => part !== '')
  return parts.length > 0 ? <span className="figures text-soft"> · {parts.join(' · ')}</span> : null
}
