'use client'

import { ExternalLink } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect, useRef } from 'react'
import { sermonFacts } from '#components/dashboard/describe-sermon.ts'
import { Panel } from '#components/dashboard/panel.tsx'
import { useLiveSermons } from '#components/dashboard/use-live-sermons.ts'
import { useLanguage } from '#components/messages/use-language.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { sermonTrack } from '#components/sermon/to-track.ts'
import { textIn } from '#components/text/text-in.ts'
import { ButtonLink } from '#components/ui/button.tsx'
import { Pill } from '#components/ui/pill.tsx'
import { acceptedTypes } from '#components/upload/choose-files.tsx'
import { UploadCard } from '#components/upload/upload-card.tsx'
import { useUploadItems } from '#components/upload/upload-provider.tsx'
import type { EditableChapters } from '#lib/chapters/read-chapters.ts'
import type { ApiCut } from '#lib/cuts/read-cut.ts'
import type { EarlierTranscript } from '#lib/sermons/list-earlier-transcripts.ts'
import type { SermonTranscriptView, SermonView } from '#lib/sermons/sermon.ts'
import { ChaptersPanel } from './chapters-panel.tsx'
import { ChooseOneFile } from './choose-one-file.tsx'
import { CutPanel } from './cut-panel.tsx'
import { OtherRecordings } from './other-recordings.tsx'
import { ProcessingPanel } from './processing-panel.tsx'
import type { ProcessingTimes } from './processing-steps.ts'
import { RecordingWarning } from './recording-warning.tsx'
import { RemoveSermon } from './remove-sermon.tsx'
import { SermonDetails } from './sermon-details.tsx'
import { TranscriptPanel } from './transcript-panel.tsx'
import { useReplaceRecording } from './use-replace-recording.ts'
import { VisibilityPanel } from './visibility-panel.tsx'

type Range = { lowMs: number; highMs: number } | null
type Summary = Pick<SermonTranscriptView, 'source' | 'isDraft' | 'isApproximate'> & {
  wordCount: number
  opening: string
  isTouched: boolean
  leftOut: { count: number; example: string } | null
}

/** Everything of one sermon that a member can see and change, updated live. */
export function SermonEditor({
  sermons,
  times,
  transcript,
  chapters,
  cut,
  earlierTranscripts,
  estimates,
  canTranscribe,
  canEdit,
  children,
}: {
  /** The sermon, as a list for `useLiveSermons`. */
  sermons: readonly SermonView[]
  times: ProcessingTimes
  transcript: Summary | null
  chapters: EditableChapters
  /** Null while nothing can be played. */
  cut: ApiCut | null
  earlierTranscripts: readonly EarlierTranscript[]
  estimates: { media: Range; transcript: Range }
  /** There is speech recognition. */
  canTranscribe: boolean
  canEdit: boolean
  /** Further panels, below the others. */
  children: ReactNode
}) {
  const t = useTranslations('sermonEditor')
  const language = useLanguage()
  const id = sermons[0]?.id ?? ''
  const live = useLiveSermons(sermons, { url: `/api/v1/live?sermon=${id}`, addNew: false })
  const sermon = live.sermons[0]
  useRefreshOn(sermon ? newsOf(sermon) : '')
  const uploads = useUploadItems().filter((item) => item.sermonId === id && item.phase !== 'done')

  if (!sermon) return null
  const change = (patch: Partial<SermonView>) => live.change(id, patch)
  return (
    <>
      <div className="flex flex-wrap items-start gap-x-6 gap-y-4 pt-8 pb-7">
        <div className="min-w-0 flex-1 basis-72">
          <h1 {...textIn(sermon.language)} className="title text-2xl wrap-anywhere">
            {sermon.title}
          </h1>
          <p className="figures mt-1.5 flex flex-wrap items-center gap-2 text-sm text-soft">
            {sermonFacts(sermon, language)}
            {sermon.isSample ? <Pill>{t('sample')}</Pill> : null}
          </p>
        </div>
        <ButtonLink href={`/sermons/${sermon.slug}`} icon={<ExternalLink aria-hidden size={17} />}>
          {t(sermon.publication === 'published' ? 'openPage' : 'preview')}
        </ButtonLink>
      </div>
      {uploads.length > 0 ? (
        <ul className="mb-6 flex flex-col gap-3">
          {uploads.map((item) => (
            <UploadCard key={item.id} item={item} startsOpen={false} />
          ))}
        </ul>
      ) : null}
      <RecordingWarning sermon={sermon} canEdit={canEdit} onChange={change} />
      <div className="grid grid-cols-1 gap-6 lg:grid-cols-[minmax(0,1fr)_22rem] lg:items-start">
        <div className="order-2 flex flex-col gap-6 lg:order-1">
          <Panel title={t('details')}>
            <SermonDetails sermon={sermon} canEdit={canEdit} />
          </Panel>
          <TranscriptPanel
            sermon={sermon}
            transcript={transcript}
            earlier={earlierTranscripts}
            canTranscribe={canTranscribe}
            canEdit={canEdit}
          />
          {cut && (canEdit || cut.published) ? <CutPanel sermonId={id} cut={cut} canEdit={canEdit} /> : null}
          {sermon.facets.media.status === 'ready' ? (
            <ChaptersPanel
              sermonId={id}
              track={sermonTrack(sermon, [], chapters.chapters)}
              chapters={chapters}
              canEdit={canEdit}
            />
          ) : null}
          {children}
        </div>
        <div className="order-1 flex flex-col gap-6 lg:order-2">
          <VisibilityPanel sermon={sermon} canEdit={canEdit} onChange={change} />
          <ProcessingPanel sermon={sermon} times={times} estimates={estimates} canEdit={canEdit} />
          {canEdit ? (
            <div className="flex flex-col gap-4">
              <div className="flex flex-wrap gap-2.5">
                <ReplaceRecording sermon={sermon} />
                <RemoveSermon sermonId={id} title={sermon.title} />
              </div>
              {sermon.isTextOnly ? null : <p className="text-xs text-soft">{t('replaceRecordingHint')}</p>}
              <OtherRecordings
                sermonId={id}
                recordings={times.otherRecordings}
                isOpen={sermon.facets.media.status === 'failed'}
              />
            </div>
          ) : null}
        </div>
      </div>
    </>
  )
}

function ReplaceRecording({ sermon }: { sermon: SermonView }) {
  const t = useTranslations('sermonEditor')
  const replace = useReplaceRecording(sermon)
  return (
    <ChooseOneFile accept={acceptedTypes} onChoose={(file) => void replace(file)}>
      {t(sermon.mediaRevision === 0 ? 'addRecording' : 'replaceRecording')}
    </ChooseOneFile>
  )
}

/**
 * A value that changes when there is something to fetch. Short work begins and ends between two polls of the database
 * by the server, so a change without running work counts as well; changes of the progress do not.
 */
function newsOf(sermon: SermonView): string {
  const states = Object.values(sermon.facets).map(({ status }) => status)
  return states.includes('running') ? states.join() : `${states.join()} ${sermon.updatedAt}`
}

/** Fetches the data of the server (times, transcript) again whenever `value` changes. */
function useRefreshOn(value: string) {
  const router = useRouter()
  const seen = useRef(value)
  useEffect(() => {
    if (seen.current === value) return
    seen.current = value
    router.refresh()
  }, [value, router])
}
