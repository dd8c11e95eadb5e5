'use client'

import { ListMusic } from 'lucide-react'
import { libraryStore, MAX_LISTED, place } from '#components/library/own-library.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { player } from '#components/player/player.ts'
import type { Track } from '#components/player/track.ts'
import { Button } from '#components/ui/button.tsx'

/**
 * Plays sermons one after the other: the first now, the others before whatever is queued. No more than the queue has
 * places for, so that nothing leaves it.
 */
export function PlayAll({ tracks }: { tracks: readonly Track[] }) {
  const t = useTranslations('offline')
  const [first, ...rest] = tracks
  if (!first || rest.length === 0) return null
  return (
    <Button
      variant="primary"
      icon={<ListMusic aria-hidden size={18} />}
      onClick={() => {
        libraryStore.change((library) =>
          rest
            .slice(0, MAX_LISTED - library.queue.length)
            .toReversed()
            .reduce((queued, track) => place(queued, track, 'first', 'queue'), library),
        )
        player.playTrack(first)
      }}
    >
      {t('playAll')}
    </Button>
  )
}
