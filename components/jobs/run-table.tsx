'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import type { RunRow } from '#lib/jobs/list-runs.ts'
import { elapsedMs, formatElapsed } from './format-elapsed.ts'
import { RunStatusPill } from './run-status-pill.tsx'

const head =
  'sticky top-0 z-10 border-b border-line bg-paper py-2.5 pr-5 text-left text-xs font-medium text-faint'
const cell = 'border-b border-line py-3 pr-5 align-top'

/** Runs, newest first. The whole row opens the run; the task's name is the link for everyone else. */
export function RunTable({ runs }: { runs: readonly RunRow[] }) {
  const router = useRouter()
  return (
    <table className="w-full border-separate border-spacing-0 text-sm">
      <caption className="sr-only">Runs, newest first</caption>
      <thead>
        <tr>
          <th scope="col" className={head}>
            Status
          </th>
          <th scope="col" className={head}>
            Task
          </th>
          <th scope="col" className={`${head} max-md:hidden`}>
            Sermon
          </th>
          <th scope="col" className={`${head} max-sm:hidden`}>
            Started
          </th>
          <th scope="col" className={`${head} text-right! max-sm:pr-0!`}>
            Took
          </th>
          <th scope="col" className={`${head} pr-0! text-right! max-sm:hidden`}>
            Tries
          </th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <tr
            key={run.id}
            data-run={run.status}
            onClick={(event) => {
              // A click on a link inside, or one that selects text, is not meant for the row.
              if (event.target instanceof Element && event.target.closest('a')) return
              if (window.getSelection()?.isCollapsed === false) return
              router.push(`/dashboard/jobs/${run.id}`)
            }}
            className="cursor-pointer hover:bg-sunken"
          >
            <td className={cell}>
              <RunStatusPill status={run.status} />
            </td>
            <td className={cell}>
              <Link
                href={`/dashboard/jobs/${run.id}`}
                className="font-medium whitespace-nowrap text-ink no-underline hover:underline"
              >
                {run.taskId}
              </Link>
              <p className="mt-0.5 text-xs text-soft md:hidden">
                {run.sermon ? `${run.sermon.title} · ` : null}
                <RelativeTime iso={run.startedAt ?? run.createdAt} />
              </p>
              {run.errorMessage ? (
                <p className="mt-0.5 line-clamp-2 max-w-80 text-xs text-danger">{run.errorMessage}</p>
              ) : null}
            </td>
            <td className={`${cell} min-w-40 max-md:hidden`}>
              {run.sermon ? (
                <Link
                  href={`/dashboard/sermons/${run.sermon.id}`}
                  className="text-soft no-underline hover:text-ink hover:underline"
                >
                  {run.sermon.title}
                </Link>
              ) : (
                <span className="text-faint">–</span>
              )}
            </td>
            <td className={`${cell} figures whitespace-nowrap text-soft max-sm:hidden`}>
              <RelativeTime iso={run.startedAt ?? run.createdAt} />
            </td>
            <td
              className={`${cell} figures text-right whitespace-nowrap text-soft max-sm:pr-0!`}
              suppressHydrationWarning
            >
              {took(run)}
            </td>
            <td className={`${cell} figures pr-0! text-right text-soft max-sm:hidden`}>{run.attempt}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function took(run: RunRow): string {
  const ms = elapsedMs(run, Date.now())
  return ms === null ? '–' : formatElapsed(ms)
}
