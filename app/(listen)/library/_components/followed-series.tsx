'use client'

import { X } from 'lucide-react'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import { unfollowSeries } from '#components/library/followed-series.ts'
import { type FollowedSeries, libraryStore } from '#components/library/own-library.ts'
import { useLibrary } from '#components/library/use-library.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { IconButton } from '#components/ui/button.tsx'
import { type NewSermon, readNewSermons } from './read-new-sermons.ts'

/** The series that the listener follows, with what was published since they looked last. */
export function FollowedList() {
  const t = useTranslations('ownLibrary')
  const { followed } = useLibrary()
  if (followed.length === 0) return null
  return (
    <section aria-labelledby="followed" className="mt-10">
      <h2 id="followed" className="title text-xl">
        {t('followedTitle')}
      </h2>
      <ul className="mt-2 divide-y divide-line border-y border-line">
        {followed.map((series) => (
          <Followed key={series.slug} series={series} />
        ))}
      </ul>
    </section>
  )
}

function Followed({ series }: { series: FollowedSeries }) {
  const t = useTranslations('ownLibrary')
  const [found, setFound] = useState<readonly NewSermon[] | 'failed' | null>(null)
  const { slug, title, seenAtMs } = series
  useEffect(() => {
    let isOver = false
    readNewSermons({ slug, title, seenAtMs }).then(
      (sermons) => isOver || setFound(sermons),
      () => isOver || setFound('failed'),
    )
    return () => {
      isOver = true
    }
  }, [slug, title, seenAtMs])
  return (
    <li className="flex items-start gap-4 py-3">
      <div className="min-w-0 flex-1">
        <h3 className="font-serif text-base font-semibold wrap-anywhere">
          <Link href={`/series/${slug}`} prefetch={false} className="hover:underline">
            {title}
          </Link>
        </h3>
        <p role="status" className="mt-0.5 text-xs text-faint">
          {found === null
            ? ' '
            : found === 'failed'
              ? t('newFailed')
              : t('newCount', { count: found.length })}
        </p>
        {Array.isArray(found) && found.length > 0 ? (
          <ul className="mt-1 text-sm">
            {found.map((sermon) => (
              <li key={sermon.slug}>
                <Link
                  href={`/sermons/${sermon.slug}`}
                  prefetch={false}
                  className="inline-flex min-h-9 items-center text-accent underline-offset-4 hover:underline"
                >
                  {sermon.title}
                </Link>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
      <IconButton
        label={t('unfollowNamed', { title })}
        onClick={() => libraryStore.change((library) => unfollowSeries(library, { slug }))}
      >
        <X aria-hidden size={18} />
      </IconButton>
    </li>
  )
}
