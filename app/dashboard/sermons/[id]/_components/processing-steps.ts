import type { Translations } from '#components/messages/translations.ts'
import { formatBytes } from '#components/ui/format-bytes.ts'
import type { OtherRecording } from '#lib/sermons/restore-recording.ts'
import type { FacetView, SermonView } from '#lib/sermons/sermon.ts'

/** When each step happened, as ISO times; `null` if it has not. */
export type ProcessingTimes = {
  receivedAt: string | null
  mediaStartedAt: string | null
  mediaFinishedAt: string | null
  transcriptStartedAt: string | null
  transcriptFinishedAt: string | null
  indexStartedAt: string | null
  indexFinishedAt: string | null
  original: { fileName: string; sizeBytes: number } | null
  /** Recordings that can be used again, the newest first. */
  otherRecordings: readonly OtherRecording[]
}

export type ProcessingStep = {
  key: 'received' | 'media' | 'transcript' | 'index'
  title: string
  /** `blocked`: waits for another step, not for a user. */
  status: FacetView['status'] | 'blocked'
  progress: number
  /** A sentence about its present state. */
  text: string | null
  /** What was decided about it, such as which track is used. */
  notes: readonly string[]
  startedAt: string | null
  finishedAt: string | null
}

/**
 * The processing report: uploaded, audio ready, transcribed, searchable. The times of a step are shown only
 * when it is done for the present recording.
 */
export function listProcessingSteps(
  sermon: SermonView,
  report: ProcessingTimes,
  t: Translations<'sermonEditor'>,
  language: string,
): ProcessingStep[] {
  const { media, transcript, index } = sermon.facets
  const isHere = report.receivedAt !== null || media.status !== 'waiting'
  const { original } = report
  const step = (
    key: 'media' | 'transcript' | 'index',
    title: string,
    view: FacetView,
    times: { startedAt: string | null; finishedAt: string | null },
    /** What it waits for, if it waits for another step. */
    blocked: string | null,
  ): ProcessingStep => ({
    key,
    title,
    status: blocked === null ? view.status : 'blocked',
    progress: view.progress,
    notes: key === 'media' ? describeRecording(sermon, t) : [],
    text: blocked ?? view.error?.message ?? (view.status === 'waiting' ? t('needsTranscript') : null),
    startedAt: view.status === 'ready' || view.status === 'running' ? times.startedAt : null,
    finishedAt: view.status === 'ready' ? times.finishedAt : null,
  })
  const mediaBlocked = media.status === 'waiting' ? t('afterUpload') : null
  // Both failed because of the same file: one sentence and one button are enough.
  const isSameFailure = media.error !== null && media.error.message === transcript.error?.message
  const transcriptBlocked = isSameFailure
    ? t('needsReadable')
    : transcript.status === 'waiting'
      ? mediaBlocked
      : null
  const indexBlocked = index.status === 'waiting' ? t('afterTranscript') : null
  if (sermon.isTextOnly) {
    const added = { title: t('textAdded'), status: 'ready', progress: 100, text: null, notes: [] } as const
    return [
      { key: 'received', ...added, startedAt: null, finishedAt: sermon.createdAt },
      step(
        'index',
        t('searchable'),
        index,
        { startedAt: report.indexStartedAt, finishedAt: report.indexFinishedAt },
        indexBlocked,
      ),
    ]
  }
  return [
    {
      key: 'received',
      title: t('uploaded'),
      status: isHere ? 'ready' : 'waiting',
      progress: isHere ? 100 : 0,
      text: isHere
        ? original &&
          t('original', { fileName: original.fileName, size: formatBytes(original.sizeBytes, language) })
        : t('notUploaded'),
      notes: [],
      startedAt: null,
      finishedAt: report.receivedAt,
    },
    step(
      'media',
      t('audioReady'),
      media,
      { startedAt: report.mediaStartedAt, finishedAt: report.mediaFinishedAt },
      mediaBlocked,
    ),
    step(
      'transcript',
      t('transcribed'),
      transcript,
      { startedAt: report.transcriptStartedAt, finishedAt: report.transcriptFinishedAt },
      transcriptBlocked,
    ),
    step(
      'index',
      t('searchable'),
      index,
      { startedAt: report.indexStartedAt, finishedAt: report.indexFinishedAt },
      indexBlocked,
    ),
  ]
}

/** The track that is used where there are several, what was repaired, and the warnings that a person confirmed. */
function describeRecording({ recording }: SermonView, t: Translations<'sermonEditor'>): string[] {
  if (!recording) return []
  const { track, repaired, warnings } = recording
  return [
    ...(track.of > 1 ? [t('trackUsed', track)] : []),
    ...repaired.map(({ message }) => message),
    ...warnings.filter(({ confirmed }) => confirmed).map(({ message }) => `${message} ${t('usedAnyway')}`),
  ]
}

const minutes = (ms: number) => Math.max(1, Math.round(ms / 60_000))

/** Formats "2–4 min left" from the range of the total and the elapsed time; null if the estimate is exceeded. */
export function rangeLeft(
  range: { lowMs: number; highMs: number } | null,
  passedMs: number,
  t: Translations<'sermonEditor'>,
): string | null {
  if (!range || range.highMs <= passedMs) return null
  const low = Math.max(0, range.lowMs - passedMs)
  const high = range.highMs - passedMs
  if (high < 60_000) return t('lessThanMinuteLeft')
  const [from, to] = [minutes(low), minutes(high)]
  return from === to ? t('aboutMinutesLeft', { count: to }) : t('minutesLeft', { from, to })
}
