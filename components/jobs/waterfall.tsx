import { Check, CircleAlert, CircleDashed, LoaderCircle } from 'lucide-react'
import Link from 'next/link'
import { classNames } from '#components/ui/class-names.ts'
import { formatElapsed } from './format-elapsed.ts'
import type { WaterfallRow } from './plan-waterfall.ts'

const failed = ['failed', 'crashed', 'timed_out', 'expired']
const going = ['running', 'waiting']

function look(status: WaterfallRow['status']) {
  if (status === 'completed') return { Icon: Check, text: 'text-ok', bar: 'bg-ok' }
  if (failed.includes(status)) return { Icon: CircleAlert, text: 'text-danger', bar: 'bg-danger' }
  if (going.includes(status)) return { Icon: LoaderCircle, text: 'text-accent', bar: 'bg-accent' }
  return { Icon: CircleDashed, text: 'text-faint', bar: 'bg-line-strong' }
}

/** A family of runs as a tree, with when each run and step began and how long it took. */
export function Waterfall({ rows, currentRunId }: { rows: readonly WaterfallRow[]; currentRunId: string }) {
  return (
    <ul className="text-sm">
      {rows.map((row) => {
        const { Icon, text, bar } = look(row.status)
        const isCurrent = row.kind === 'run' && row.runId === currentRunId
        return (
          <li
            key={row.key}
            className={classNames(
              'grid grid-cols-[minmax(0,1fr)_5.5rem] items-center gap-x-4 rounded-sm px-2 py-1.5 sm:grid-cols-[minmax(0,17rem)_minmax(0,1fr)_5.5rem]',
              isCurrent && 'bg-sunken',
            )}
          >
            <span
              className="flex min-w-0 items-center gap-2"
              style={{ paddingLeft: `${row.depth * 1.1}rem` }}
            >
              <Icon
                aria-hidden
                size={15}
                className={classNames('shrink-0', text, going.includes(row.status) && 'animate-turn')}
              />
              {row.kind === 'run' ? (
                <Link
                  href={`/dashboard/jobs/${row.runId}`}
                  aria-current={isCurrent ? 'page' : undefined}
                  className="truncate font-medium text-ink no-underline hover:underline"
                >
                  {row.label}
                </Link>
              ) : (
                <span className="truncate text-soft">{row.label}</span>
              )}
              <span className="sr-only">{row.status.replace('_', ' ')}</span>
              {row.attempt > 1 ? (
                <span className="figures shrink-0 text-xs text-faint">{row.attempt} tries</span>
              ) : null}
            </span>
            <span aria-hidden className="relative hidden h-2 rounded-full bg-sunken sm:block">
              {row.width > 0 ? (
                <span
                  className={classNames(
                    'absolute inset-y-0 rounded-full',
                    bar,
                    row.kind === 'step' && 'opacity-60',
                  )}
                  style={{ left: `${row.offset}%`, width: `${row.width}%` }}
                />
              ) : null}
            </span>
            <span className="figures text-right text-xs text-soft" suppressHydrationWarning>
              {row.durationMs === null ? '–' : formatElapsed(row.durationMs)}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
