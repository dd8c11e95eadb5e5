'use client'

import Link from 'next/link'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import type { DeadLetterGroup } from '#lib/jobs/list-dead-letters.ts'
import { jobsPath } from './jobs-path.ts'
import { Row, RowTable } from './row-table.tsx'
import { Sparkline } from './sparkline.tsx'

/** Open letters by what went wrong; each row opens its letters. */
export function LetterGroups({
  groups,
  church,
}: {
  groups: readonly DeadLetterGroup[]
  church: string | undefined
}) {
  return (
    <RowTable
      caption="Dead letters by what went wrong, the newest first"
      head={
        <>
          <th scope="col">What went wrong, and what to do</th>
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
            Letters
          </th>
        </>
      }
    >
      {groups.map((group) => {
        const href = jobsPath(`/dashboard/jobs/dead-letters/${group.fingerprint}`, { church })
        return (
          <Row key={group.fingerprint} href={href} data-group={group.fingerprint}>
            <td>
              <Link
                href={href}
                prefetch={false}
                data-row-link
                className="line-clamp-2 font-medium wrap-anywhere text-ink no-underline hover:underline"
              >
                {group.reason}
              </Link>
              <p className="mt-0.5 text-xs text-soft">{group.advice}</p>
              <p className="figures mt-1 flex flex-wrap gap-x-3 text-xs text-faint">
                <span className="font-mono">{group.type}</span>
                <span className="sm:hidden">
                  last <RelativeTime iso={group.lastSeen} />
                </span>
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
