import Link from 'next/link'
import { useTranslations } from '#components/messages/use-translations.ts'

/** The ways to browse: every sermon, the series, the speakers, the Bible. */
export function BrowseLinks({ className = '' }: { className?: string }) {
  const t = useTranslations('library')
  const bible = useTranslations('bible')
  const links = [
    { href: '/sermons', name: t('title') },
    { href: '/series', name: t('allSeries') },
    { href: '/speakers', name: t('allSpeakers') },
    { href: '/bible', name: bible('title') },
  ]
  return (
    <nav aria-label={t('browse')} className={className}>
      <ul className="flex flex-wrap gap-2">
        {links.map(({ href, name }) => (
          <li key={href}>
            <Link
              href={href}
              prefetch={false}
              className="press inline-flex min-h-10 items-center rounded-full border border-line-strong px-4 text-sm font-medium text-ink no-underline hover:bg-sunken"
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
