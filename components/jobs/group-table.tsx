'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { RelativeTime } from '#components/dates/relative-time.tsx'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Row, RowTable } from './row-table.tsx'
import { Sparkline } from './sparkline.tsx'

export type Group = {
  fingerprint: string
  /** The address that the row opens. */
  href: string
  title: string
  advice?: string
  /** The task or event it is about. */
  about: string
  more?: ReactNode
  sparkline: readonly number[]
  firstSeen: string
  lastSeen: string
  count: number
}

/** Failures grouped by error: when each was first and last seen, and how often. */
export function GroupTable({
  caption,
  what,
  counted,
  groups,
}: {
  caption: string
  /** The headings of the first and the last column. */
  what: string
  counted: string
  groups: readonly Group[]
}) {
  const t = useTranslations('jobs')
  return (
    <RowTable
      caption={caption}
      head={
        <>
          <th scope="col">{what}</th>
          <th scope="col" className="max-sm:hidden">
            {t('sevenDays')}
          </th>
          <th scope="col" className="max-md:hidden">
            {t('firstSeen')}
          </th>
          <th scope="col" className="max-sm:hidden">
            {t('lastSeen')}
          </th>
          <th scope="col" className="pr-0! text-right!">
            {counted}
          </th>
        </>
      }
    >
      {groups.map((group) => (
        <Row key={group.fingerprint} href={group.href} data-group={group.fingerprint}>
          <td>
            <Link
              href={group.href}
              prefetch={false}
              data-row-link
              className="line-clamp-2 font-medium wrap-anywhere text-ink no-underline hover:underline"
            >
              {group.title}
            </Link>
            {group.advice ? <p className="mt-0.5 text-xs text-soft">{group.advice}</p> : null}
            <p className="figures mt-1 flex flex-wrap gap-x-3 text-xs text-faint">
              <span className="font-mono">{group.about}</span>
              <span className="sm:hidden">
                {t.rich('last', { when: () => <RelativeTime iso={group.lastSeen} /> })}
              </span>
              {group.more}
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
      ))}
    </RowTable>
  )
}
