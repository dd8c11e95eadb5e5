'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { classNames } from '#components/ui/class-names.ts'

/** A link of the navigation, in the rail of a desktop or the tabs of a phone. */
export function NavLink({
  href,
  icon,
  children,
  look,
}: {
  href: string
  icon: ReactNode
  children: ReactNode
  look: 'rail' | 'tab'
}) {
  const pathname = usePathname()
  const isCurrent = href === '/' ? pathname === '/' : pathname === href || pathname.startsWith(`${href}/`)
  // Live pages are fetched again at every event, and would fetch every prefetched page again too.
  const isLivePage = pathname.startsWith('/dashboard/jobs')
  return (
    <Link
      href={href}
      prefetch={isLivePage ? false : null}
      aria-current={isCurrent ? 'page' : undefined}
      className={classNames(
        'press flex items-center font-medium no-underline',
        look === 'rail'
          ? 'flex-col gap-1 rounded-card px-0.5 py-2.5 text-xs xl:flex-row xl:gap-3 xl:px-3 xl:text-sm'
          : 'min-w-0 flex-1 flex-col justify-center gap-0.5 py-2 text-[min(0.8125rem,3.4vw)]',
        isCurrent ? 'text-ink [&_svg]:text-accent' : 'text-soft hover:text-ink',
        isCurrent && look === 'rail' && 'bg-sunken',
        look === 'rail' && 'hover:bg-sunken',
      )}
    >
      {icon}
      <span>{children}</span>
    </Link>
  )
}
