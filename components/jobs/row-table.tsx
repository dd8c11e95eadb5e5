'use client'

import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { moveBetweenRows } from './move-between-rows.ts'

export const headCell =
  'sticky top-0 z-10 border-b border-line bg-paper py-2.5 pr-5 text-left text-xs font-medium text-faint'
export const bodyCell = 'border-b border-line py-3 pr-5 align-top'

/** A table whose rows can be walked with the arrow keys, from link to link. */
export function RowTable({
  caption,
  head,
  children,
}: {
  caption: string
  head: ReactNode
  children: ReactNode
}) {
  return (
    <table onKeyDown={moveBetweenRows} className="w-full border-separate border-spacing-0 text-sm">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>{head}</tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  )
}

/** A row that opens `href` wherever it is clicked; its link (`data-row-link`) is there for everyone else. */
export function Row({
  href,
  children,
  ...data
}: {
  href: string
  children: ReactNode
  [data: `data-${string}`]: string
}) {
  const router = useRouter()
  return (
    <tr
      {...data}
      onClick={(event) => {
        // A click on a link or button inside, or one that selects text, is not meant for the row.
        if (event.target instanceof Element && event.target.closest('a, button')) return
        if (window.getSelection()?.isCollapsed === false) return
        router.push(href)
      }}
      className="cursor-pointer hover:bg-sunken has-[[data-row-link]:focus-visible]:bg-sunken"
    >
      {children}
    </tr>
  )
}
