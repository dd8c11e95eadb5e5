'use client'

import Link from 'next/link'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { jobsPath } from '#components/jobs/jobs-path.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { classNames } from '#components/ui/class-names.ts'
import { SelectField } from '#components/ui/field.tsx'

const root = '/dashboard/jobs'
const places = [
  { href: root, name: 'runs' },
  { href: `${root}/queues`, name: 'queues' },
  { href: `${root}/events`, name: 'events' },
  { href: `${root}/dead-letters`, name: 'deadLetters' },
  { href: `${root}/errors`, name: 'errors' },
  { href: `${root}/figures`, name: 'figures' },
  { href: `${root}/files`, name: 'files' },
] as const

/** The operator's pages, and for members of several churches which of them is shown. */
export function JobsNav({ churches }: { churches: readonly { id: string; name: string }[] }) {
  const t = useTranslations('jobs')
  const pathname = usePathname()
  const router = useRouter()
  const church = useSearchParams().get('church')
  const here = places.findLast(({ href }) => pathname === href || pathname.startsWith(`${href}/`))?.href
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-6 gap-y-3 pt-5">
      <nav aria-label={t('navigation')} className="-mx-5 min-w-0 flex-1 overflow-x-auto px-5 md:mx-0 md:px-0">
        <ul className="flex w-max gap-1 rounded-full bg-sunken p-1">
          {places.map(({ href, name }) => (
            <li key={href}>
              <Link
                href={jobsPath(href, { church })}
                prefetch={false}
                aria-current={href === here ? 'page' : undefined}
                className={classNames(
                  'press block rounded-full px-3.5 py-1.5 text-xs font-medium whitespace-nowrap no-underline',
                  href === here ? 'bg-raised text-ink ring-1 ring-line' : 'text-soft hover:text-ink',
                )}
              >
                {t(name)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {churches.length > 1 ? (
        <div className="w-full sm:w-56">
          <SelectField
            label={t('church')}
            hideLabel
            value={church ?? churches[0]?.id ?? ''}
            options={churches.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(event) => router.push(jobsPath(here ?? root, { church: event.currentTarget.value }))}
            className="min-h-9! text-sm!"
          />
        </div>
      ) : null}
    </div>
  )
}
