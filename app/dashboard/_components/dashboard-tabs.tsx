'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from '#components/messages/use-translations.ts'
import { classNames } from '#components/ui/class-names.ts'
import type { MessageKey } from '#lib/messages/languages.ts'

/** Each section, with the pages that belong to it without being below its address. */
const tabs: { href: string; name: MessageKey<'dashboard'>; others: readonly string[] }[] = [
  {
    href: '/dashboard',
    name: 'sermons',
    others: ['/dashboard/sermons', '/dashboard/trash', '/dashboard/names', '/dashboard/references'],
  },
  { href: '/dashboard/questions', name: 'questions', others: [] },
  { href: '/dashboard/jobs', name: 'jobs', others: [] },
  { href: '/dashboard/settings', name: 'settings', others: ['/dashboard/podcast'] },
]

/** The sections of the dashboard. */
export function DashboardTabs() {
  const t = useTranslations('dashboard')
  const pathname = usePathname()
  const isBelow = (path: string) =>
    pathname === path || (path !== '/dashboard' && pathname.startsWith(`${path}/`))
  return (
    <nav aria-label={t('navigation')} className="-mb-px flex flex-wrap gap-x-4 sm:gap-x-6">
      {tabs.map(({ href, name, others }) => {
        const isHere = [href, ...others].some(isBelow)
        return (
          <Link
            key={href}
            href={href}
            // As in the main navigation.
            prefetch={isBelow('/dashboard/jobs') ? false : null}
            aria-current={isHere ? 'page' : undefined}
            className={classNames(
              'border-b-2 py-3 text-sm font-medium no-underline transition-colors duration-150',
              isHere ? 'border-accent text-ink' : 'border-transparent text-soft hover:text-ink',
            )}
          >
            {t(name)}
          </Link>
        )
      })}
    </nav>
  )
}
