'use client'

import { CircleCheck, CloudDownload, X } from 'lucide-react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { offlineStore, type SaveFailure } from '#components/offline/offline-store.ts'
import { canSave } from '#components/offline/saved-audio.ts'
import { useOffline } from '#components/offline/use-offline.ts'
import type { Track } from '#components/player/track.ts'
import { Button } from '#components/ui/button.tsx'
import { ProgressBar } from '#components/ui/progress-bar.tsx'
import type { PackedTranscript } from '#lib/sermons/pack-transcript.ts'
import { unpackWords } from '#lib/transcripts/pack-words.ts'

const never = () => () => {}

const unpack = (transcript: PackedTranscript | null) =>
  transcript && { ...transcript, words: unpackWords(transcript.words) }

/** Saves the sermon of this page for listening without a network, and removes it again. */
export function SaveOffline({
  track,
  transcript,
  areChaptersDetected,
}: {
  track: Track
  transcript: PackedTranscript | null
  /** No person has read them. */
  areChaptersDetected: boolean
}) {
  const t = useTranslations('offline')
  // The button is in the HTML, so that the page does not jump for it; it leaves only where nothing can be saved.
  const isPossible = useSyncExternalStore(never, canSave, () => true)
  const { saved, saving } = useOffline()
  const [failure, setFailure] = useState<SaveFailure | null>(null)
  const isSaved = saved?.some(({ track: { id } }) => id === track.id) ?? false
  useEffect(() => {
    if (isSaved) void offlineStore.update({ track, transcript: unpack(transcript), areChaptersDetected })
  }, [isSaved, track, transcript, areChaptersDetected])
  if (!isPossible) return null
  const part = saving.get(track.id)
  if (part !== undefined) {
    return (
      <span className="inline-flex min-h-11 items-center gap-3 text-sm text-soft">
        <ProgressBar value={part * 100} label={t('saving')} className="w-28" />
        {t('saving')}
        <Button
          variant="quiet"
          size="sm"
          icon={<X aria-hidden size={15} />}
          onClick={() => offlineStore.stop(track.id)}
        >
          {t('stopSaving')}
        </Button>
      </span>
    )
  }
  if (isSaved) {
    return (
      <span className="inline-flex min-h-11 items-center gap-1 text-sm text-soft">
        <CircleCheck aria-hidden size={18} className="text-ok" />
        <span role="status">{t('saved')}</span>
        <Button variant="quiet" size="sm" onClick={() => void offlineStore.remove(track.id)}>
          {t('remove')}
        </Button>
      </span>
    )
  }
  return (
    <span className="inline-flex flex-wrap items-center gap-3">
      <Button
        icon={<CloudDownload aria-hidden size={18} strokeWidth={1.8} />}
        onClick={async () => {
          setFailure(null)
          setFailure(await offlineStore.save({ track, transcript: unpack(transcript), areChaptersDetected }))
        }}
      >
        {t('save')}
      </Button>
      {failure ? (
        <span role="alert" className="text-sm text-danger">
          {t(failure)}
        </span>
      ) : null}
    </span>
  )
}
