import { Download } from 'lucide-react'
import { useTranslations } from '#components/messages/use-translations.ts'
import type { Track } from '#components/player/track.ts'
import type { PackedTranscript } from '#lib/sermons/pack-transcript.ts'
import { LibraryButtons } from './library-buttons.tsx'
import { listButtonClass } from './list-button-class.ts'
import { SaveOffline } from './save-offline.tsx'

/** What a listener can do with a sermon to hear it later: save it in the app, or download its audio. */
export function KeepSermon({
  track,
  transcript,
  areChaptersDetected,
}: {
  track: Track
  transcript: PackedTranscript | null
  areChaptersDetected: boolean
}) {
  const t = useTranslations('sermon')
  const [sermonId] = track.id.split('.')
  return (
    <>
      <LibraryButtons track={track}>
        <a href={`/api/v1/sermons/${sermonId}/audio`} download className={listButtonClass}>
          <Download aria-hidden size={20} strokeWidth={1.8} />
          {t('downloadAudio')}
        </a>
      </LibraryButtons>
      <SaveOffline track={track} transcript={transcript} areChaptersDetected={areChaptersDetected} />
    </>
  )
}
