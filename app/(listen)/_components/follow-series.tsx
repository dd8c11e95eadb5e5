'use client'

import { Bell, BellRing } from 'lucide-react'
import { useEffect } from 'react'
import { followSeries, isFollowed, noteSeen, unfollowSeries } from '#components/library/followed-series.ts'
import { libraryStore } from '#components/library/own-library.ts'
import { useLibrary } from '#components/library/use-library.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { showToast } from '#components/ui/toast-store.ts'

/** Follows a series in this browser. A visit of its page counts as having seen what is new. */
export function FollowSeries({ slug, title }: { slug: string; title: string }) {
  const t = useTranslations('offline')
  const follows = isFollowed(useLibrary(), { slug })
  useEffect(() => {
    if (follows) libraryStore.change((library) => noteSeen(library, { slug }, Date.now()))
  }, [follows, slug])
  const Icon = follows ? BellRing : Bell
  return (
    <Button
      aria-pressed={follows}
      icon={<Icon aria-hidden size={18} />}
      onClick={() => {
        libraryStore.change((library) =>
          follows ? unfollowSeries(library, { slug }) : followSeries(library, { slug, title }, Date.now()),
        )
        showToast(t(follows ? 'noLongerFollowing' : 'nowFollowing'))
      }}
    >
      {t(follows ? 'following' : 'follow')}
    </Button>
  )
}
