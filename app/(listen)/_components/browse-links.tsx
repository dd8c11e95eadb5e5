import Link from 'next/link'
import { services } from '#app/_server/services.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import { hasTopics } from '#lib/sermons/list-collections.ts'

/** The ways to browse: every sermon, the series, the speakers, the topics where there are any, the years, the Bible. */
export async function BrowseLinks({ className = '' }: { className?: string }) {
  const [t, collection, bible, topics] = await Promise.all([
    readTranslations('library'),
    readTranslations('collection'),
    readTranslations('bible'),
    hasTopics(services()),
  ])
  const links = [
    { href: '/sermons', name: t('title') },
    { href: '/series', name: collection('seriesList') },
    { href: '/speakers', name: collection('speakerList') },
    ...(topics ? [{ href: '/topics', name: collection('topicList') }] : []),
    { href: '/years', name: collection('yearList') },
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
