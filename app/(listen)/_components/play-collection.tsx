'use client'

import { useRef } from 'react'
import { MAX_LISTED } from '#components/library/own-library.ts'
import { readPlayable } from '#components/library/read-playable.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { player } from '#components/player/player.ts'
import type { Track } from '#components/player/track.ts'
import { showToast } from '#components/ui/toast-store.ts'
import { PlayAllButton, useQueueFirst } from './play-all.tsx'
import type { Playable } from './read-extent.ts'

/**
 * Plays a collection in the order in which it was preached. Its page has only the first recording, which plays at the
 * press; the others are requested when a listener points at the button.
 */
export function PlayCollection({ first, count, query }: Playable) {
  const t = useTranslations('offline')
  const queue = useQueueFirst()
  const reading = useRef<Promise<Track[] | null>>(null)
  if (count < 2) return null
  const read = () => {
    reading.current ??= readPlayable(query).then((tracks) => {
      // What failed is requested again by the next press.
      if (tracks === null) reading.current = null
      return tracks
    })
    return reading.current
  }
  const play = async () => {
    player.playTrack(first)
    const tracks = await read()
    if (tracks === null) {
      showToast(t('playAllFailed'), 'danger')
      return
    }
    const { track, status } = player.store.read()
    // The listener may have chosen something else in the meantime.
    if (track?.id !== first.id) return
    queue(
      first,
      tracks.filter(({ id }) => id !== first.id),
    )
    if (status === 'ended') player.playNext()
  }
  return (
    <>
      <PlayAllButton first={first} onAim={read} onPress={play} />
      {count > MAX_LISTED ? (
        <p className="text-sm text-soft">{t('playsFirst', { max: MAX_LISTED })}</p>
      ) : null}
    </>
  )
}
