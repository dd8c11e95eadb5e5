'use client'

import { ListMusic } from 'lucide-react'
import { libraryStore, MAX_LISTED } from '#components/library/own-library.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { warmStream } from '#components/player/attach-stream.ts'
import { player } from '#components/player/player.ts'
import type { Track } from '#components/player/track.ts'
import { Button } from '#components/ui/button.tsx'
import { showToast } from '#components/ui/toast-store.ts'
import { queueFirst } from './queue-first.ts'

/** Plays sermons one after the other: the first now, the others before whatever is queued. */
export function PlayAll({ tracks }: { tracks: readonly Track[] }) {
  const queue = useQueueFirst()
  const [first, ...rest] = tracks
  if (!first || rest.length === 0) return null
  return (
    <PlayAllButton
      first={first}
      onPress={() => {
        player.playTrack(first)
        queue(first, rest)
      }}
    />
  )
}

/** Puts tracks after what plays and before whatever is queued, and says how many found no place there. */
export function useQueueFirst(): (playing: Track, tracks: readonly Track[]) => void {
  const t = useTranslations('offline')
  return (playing, tracks) => {
    const { library, leftOut } = queueFirst(libraryStore.read(), { playing, tracks })
    libraryStore.change(() => library)
    if (leftOut > 0) showToast(t('queueFull', { count: leftOut, max: MAX_LISTED }))
  }
}

/** The button that plays several sermons. `onAim` is called when a listener points at it, who is about to press it. */
export function PlayAllButton({
  first,
  onPress,
  onAim,
}: {
  first: Track
  onPress: () => void
  onAim?: () => void
}) {
  const t = useTranslations('offline')
  const aim = () => {
    warmStream(first.hlsUrl)
    onAim?.()
  }
  return (
    <Button
      variant="primary"
      icon={<ListMusic aria-hidden size={18} />}
      onPointerEnter={aim}
      onFocus={aim}
      onClick={onPress}
    >
      {t('playAll')}
    </Button>
  )
}
