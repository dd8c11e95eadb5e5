'use client'

import Link from 'next/link'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import type { ErrorGroup } from '#lib/jobs/list-error-groups.ts'
import { jobsPath } from './jobs-path.ts'
import { Row, RowTable } from './row-table.tsx'
import { Sparkline } from './sparkline.tsx'

/** Failures by what went wrong; each row opens the runs that failed so. */
export function ErrorGroups({
  groups,
  church,
}: {
  groups: readonly ErrorGroup[]
  church: string | undefined
}) {
  return (
    <RowTable
      caption="Errors, the newest first"
      head={
        <>
          <th scope="col">Error</th>
          <th scope="col" className="max-sm:hidden">
            Seven days
          </th>
          <th scope="col" className="max-md:hidden">
            First seen
          </th>
          <th scope="col" className="max-sm:hidden">
            Last seen
          </th>
          <th scope="col" className="pr-0! text-right!">
            Runs
          </th>
        </>
      }
    >
      {groups.map((group) => {
        const href = jobsPath('/dashboard/jobs', { church, fingerprint: group.fingerprint })
        return (
          <Row key={group.fingerprint} href={href} data-group={group.fingerprint}>
            <td>
              <Link
                href={href}
                prefetch={false}
                data-row-link
                className="line-clamp-2 font-medium wrap-anywhere text-ink no-underline hover:underline"
              >
                {group.message || 'An error without words'}
              </Link>
              <p className="figures mt-1 flex flex-wrap gap-x-3 text-xs text-faint">
                <span className="font-mono">{group.taskId}</span>
                <span className="sm:hidden">
                  last <RelativeTime iso={group.lastSeen} />
                </span>
                <Link
                  href={jobsPath(`/dashboard/jobs/${group.runId}`, { church })}
                  prefetch={false}
                  className="underline"
                >
                  The newest run
                </Link>
              </p>
            </td>
            <td className="max-sm:hidden">
              <Sparkline counts={group.sparkline} />
            </td>
            <td className="figures whitespace-nowrap text-soft max-md:hidden">
              <RelativeTime iso={group.firstSeen} />
            </td>
            <td className="figures whitespace-nowrap text-soft max-sm:hidden">
              <RelativeTime iso={group.lastSeen} />
            </td>
            <td className="figures pr-0! text-right font-medium">{group.count}</td>
          </Row>
        )
      })}
    </RowTable>
  )
}
