'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from '#components/messages/use-translations.ts'
import { classNames } from '#components/ui/class-names.ts'

const tabs = [
  { href: '/dashboard', name: 'sermons' },
  { href: '/dashboard/questions', name: 'questions' },
  { href: '/dashboard/jobs', name: 'jobs' },
  { href: '/dashboard/settings', name: 'settings' },
] as const

/** The sections of the dashboard. */
export function DashboardTabs() {
  const t = useTranslations('dashboard')
  const pathname = usePathname()
  const isHere = (href: string) =>
    href === '/dashboard'
      ? pathname === href ||
        pathname.startsWith('/dashboard/sermons') ||
        ['/dashboard/trash', '/dashboard/names'].includes(pathname)
      : pathname.startsWith(href)
  return (
    <nav aria-label={t('navigation')} className="-mb-px flex flex-wrap gap-x-4 sm:gap-x-6">
      {tabs.map(({ href, name }) => (
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
          {t(name)}
        </Link>
      ))}
    </nav>
  )
}
