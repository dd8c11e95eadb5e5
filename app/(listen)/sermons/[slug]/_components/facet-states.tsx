import type { ReactNode } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { ButtonLink } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { MessageKey } from '#lib/messages/languages.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'
import { FacetProgress } from './live-facets.tsx'

type Props = { sermon: SermonView; canEdit: boolean }

const isUnderWay = (status: string) => status === 'pending' || status === 'running'
const strong = { b: (text: ReactNode) => <span className="font-medium text-ink">{text}</span> }

function EditLink({ sermon, message }: { sermon: SermonView; message: MessageKey<'sermon'> }) {
  const t = useTranslations('sermon')
  return (
    <ButtonLink size="sm" href={`/dashboard/sermons/${sermon.id}`}>
      {t(message)}
    </ButtonLink>
  )
}

/** Shown instead of the timeline while there is nothing to play. */
export function MediaState({ sermon, canEdit }: Props) {
  const t = useTranslations('sermon')
  const { status, error } = sermon.facets.media
  if (isUnderWay(status)) {
    return (
      <FacetProgress sermon={sermon} facet="media" label={t('mediaProgress')}>
        {t.rich('mediaPreparing', strong)}
      </FacetProgress>
    )
  }
  if (status === 'failed') {
    return (
      <Notice
        tone="danger"
        title={t('mediaFailedTitle')}
        action={canEdit ? <EditLink sermon={sermon} message="seeWhatToDo" /> : null}
      >
        {canEdit ? (error?.message ?? t('mediaFailedText')) : t('comeBackLater')}
      </Notice>
    )
  }
  return (
    <Notice
      title={t('mediaWaitingTitle')}
      action={canEdit ? <EditLink sermon={sermon} message="uploadRecording" /> : null}
    >
      {t(canEdit ? 'mediaWaitingText' : 'comeBackLater')}
    </Notice>
  )
}

/** Shown instead of the transcript while there is nothing to read. */
export function TranscriptState({ sermon, canEdit }: Props) {
  const t = useTranslations('sermon')
  const { status, error } = sermon.facets.transcript
  const { media } = sermon.facets
  const canPlay = media.status === 'ready'
  if (status === 'running' || (status === 'pending' && media.status !== 'failed')) {
    return (
      <FacetProgress sermon={sermon} facet="transcript" label={t('transcriptProgress')}>
        {t.rich(canPlay ? 'transcriptRunningPlayable' : 'transcriptRunning', strong)}
      </FacetProgress>
    )
  }
  // Both failed on the same file: the notice above says why, and what to do.
  if (status === 'failed' && error !== null && error.message === media.error?.message) {
    return <Notice title={t('transcriptFailedTitle')}>{t('transcriptNeedsRecording')}</Notice>
  }
  if (status === 'failed') {
    return (
      <Notice
        tone={canEdit ? 'danger' : 'info'}
        title={t('transcriptFailedTitle')}
        action={canEdit ? <EditLink sermon={sermon} message="seeWhatToDo" /> : null}
      >
        {canEdit
          ? (error?.message ?? t('transcriptFailedText'))
          : t(canPlay ? 'transcriptFailedPlayable' : 'transcriptFailedUnplayable')}
      </Notice>
    )
  }
  const whenWaiting = canPlay ? 'transcriptWaitingPlayable' : 'transcriptWaiting'
  return (
    <Notice
      title={t('transcriptWaitingTitle')}
      action={canEdit ? <EditLink sermon={sermon} message="addTranscript" /> : null}
    >
      {t(canEdit ? 'transcriptWaitingForEditors' : whenWaiting)}
    </Notice>
  )
}

/** Shown instead of the question box while there is nothing to ask. */
export function AskState({ sermon, canEdit }: Props) {
  const t = useTranslations('sermon')
  const { index, transcript } = sermon.facets
  if (isUnderWay(index.status) && transcript.status === 'ready') {
    return (
      <FacetProgress sermon={sermon} facet="index" label={t('indexProgress')}>
        {t.rich('indexRunning', strong)}
      </FacetProgress>
    )
  }
  if (index.status === 'failed') {
    return (
      <Notice
        tone={canEdit ? 'danger' : 'info'}
        title={t('indexFailedTitle')}
        action={canEdit ? <EditLink sermon={sermon} message="seeWhatToDo" /> : null}
      >
        {canEdit ? (index.error?.message ?? t('indexFailedText')) : t('indexFailedForListeners')}
      </Notice>
    )
  }
  return <Notice title={t('indexWaitingTitle')}>{t('indexWaitingText')}</Notice>
}
