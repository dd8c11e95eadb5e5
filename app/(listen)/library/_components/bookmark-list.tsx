'use client'

import { X } from 'lucide-react'
import Link from 'next/link'
import { bookmarkHref, removeBookmark } from '#components/library/bookmarks.ts'
import { libraryStore } from '#components/library/own-library.ts'
import { useLibrary } from '#components/library/use-library.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { textIn } from '#components/text/text-in.ts'
import { IconButton } from '#components/ui/button.tsx'
import { formatClock } from '#components/ui/format-duration.ts'

/** The bookmarks of all sermons, the newest first. */
export function BookmarkList() {
  const t = useTranslations('ownLibrary')
  const { bookmarks } = useLibrary()
  if (bookmarks.length === 0) return null
  return (
    <section aria-labelledby="bookmarks" className="mt-10">
      <h2 id="bookmarks" className="title text-xl">
        {t('bookmarksTitle')}
      </h2>
      <ul className="mt-2 divide-y divide-line border-y border-line">
        {bookmarks.map((bookmark) => {
          const { id, track, atMs, note } = bookmark
          return (
            <li key={id} className="flex items-center gap-4 py-3">
              <div className="min-w-0 flex-1">
                <h3 {...textIn(track.language)} className="font-serif text-base font-semibold wrap-anywhere">
                  <Link href={bookmarkHref(bookmark)} prefetch={false} className="hover:underline">
                    {track.title}
                  </Link>
                </h3>
                <p className="figures mt-0.5 text-xs text-faint">{formatClock(atMs)}</p>
                {note ? (
                  <p dir="auto" className="mt-1 text-sm wrap-anywhere text-soft">
                    {note}
                  </p>
                ) : null}
              </div>
              <IconButton
                label={t('removeFromList', { title: `${track.title}, ${formatClock(atMs)}` })}
                onClick={() => libraryStore.change((library) => removeBookmark(library, id))}
              >
                <X aria-hidden size={18} />
              </IconButton>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
