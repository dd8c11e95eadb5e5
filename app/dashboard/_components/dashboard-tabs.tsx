'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { classNames } from '#components/ui/class-names.ts'

const tabs = [
  { href: '/dashboard', label: 'Sermons' },
  { href: '/dashboard/jobs', label: 'Jobs' },
  { href: '/dashboard/settings', label: 'Settings' },
]

/** The places of the dashboard. */
export function DashboardTabs() {
  const pathname = usePathname()
  const isHere = (href: string) =>
    href === '/dashboard'
      ? pathname === href || pathname.startsWith('/dashboard/sermons')
      : pathname.startsWith(href)
  return (
    <nav aria-label="Dashboard" className="-mb-px flex gap-6">
      {tabs.map(({ href, label }) => (
        <Link
          key={href}
          href={href}
          // As in the main navigation.
          prefetch={isHere('/dashboard/jobs') ? false : null}
          aria-current={isHere(href) ? 'page' : undefined}
          className={classNames(
            'border-b-2 py-3 text-sm font-medium no-underline transition-colors duration-150',
            isHere(href) ? 'border-accent text-ink' : 'border-transparent text-soft hover:text-ink',
          )}
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}
