'use client'

import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { moveBetweenRows } from './move-between-rows.ts'
import { tableClass } from './table-class.ts'

/** A table in which the arrow keys move from the link of a row to the next. */
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
    // With large text a table is wider than the window, and scrolls.
    <div className="overflow-x-auto">
      <table onKeyDown={moveBetweenRows} className={tableClass}>
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>{head}</tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}

/** A row that opens `href` when it is clicked anywhere; its link (`data-row-link`) is for keyboards and screen readers. */
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
