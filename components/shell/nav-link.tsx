'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { classNames } from '#components/ui/class-names.ts'

/** One place of the navigation, for the rail (`rail`) or the tabs of a phone (`tab`). */
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
  const here = href === '/' ? pathname === '/' : pathname === href || pathname.startsWith(`${href}/`)
  // An operator's page is fetched again at every piece of news, and with it all that was prefetched.
  const isFollowing = pathname.startsWith('/dashboard/jobs')
  return (
    <Link
      href={href}
      prefetch={isFollowing ? false : null}
      aria-current={here ? 'page' : undefined}
      className={classNames(
        'press flex items-center font-medium no-underline',
        look === 'rail'
          ? 'flex-col gap-1 rounded-card px-0.5 py-2.5 text-xs xl:flex-row xl:gap-3 xl:px-3 xl:text-sm'
          : 'min-w-14 flex-1 flex-col justify-center gap-0.5 py-2 text-xs',
        here ? 'text-ink [&_svg]:text-accent' : 'text-soft hover:text-ink',
        here && look === 'rail' && 'bg-sunken',
        look === 'rail' && 'hover:bg-sunken',
      )}
    >
      {icon}
      <span>{children}</span>
    </Link>
  )
}
