import { FacetPill } from '#components/dashboard/facet-pill.tsx'
import { Panel } from '#components/dashboard/panel.tsx'
import { useTranslations } from '#components/messages/use-translations.ts'
import { readingIn, textIn } from '#components/text/text-in.ts'
import { ButtonLink } from '#components/ui/button.tsx'
import { Pill } from '#components/ui/pill.tsx'
import type { MessageKey } from '#lib/messages/languages.ts'
import type { EarlierTranscript } from '#lib/sermons/list-earlier-transcripts.ts'
import type { SermonTranscriptView, SermonView } from '#lib/sermons/sermon.ts'
import { EarlierTranscripts } from './earlier-transcripts.tsx'
import { SupplyTranscript } from './supply-transcript.tsx'
import { TranscribeAgain } from './transcribe-again.tsx'

type Summary = Pick<SermonTranscriptView, 'source' | 'isDraft' | 'isApproximate'> & {
  wordCount: number
  opening: string
  isTouched: boolean
  leftOut: { count: number; example: string } | null
}

const sources: Record<Summary['source'], MessageKey<'sermonEditor'>> = {
  deepgram: 'sourceDeepgram',
  'speech-model': 'sourceSpeechModel',
  recogniser: 'sourceRecogniser',
  upload: 'sourceUpload',
}

const emptyText: Record<SermonView['facets']['transcript']['status'], MessageKey<'sermonEditor'>> = {
  waiting: 'transcriptWaiting',
  pending: 'transcriptInProgress',
  running: 'transcriptInProgress',
  ready: 'transcriptInProgress',
  failed: 'transcriptFailed',
}

/** The transcript of the sermon: its source, its quality, and how to replace it. */
export function TranscriptPanel({
  sermon,
  transcript,
  earlier,
  canTranscribe,
  canEdit,
}: {
  sermon: SermonView
  transcript: Summary | null
  earlier: readonly EarlierTranscript[]
  canTranscribe: boolean
  canEdit: boolean
}) {
  const t = useTranslations('sermonEditor')
  return (
    <Panel
      title={t('transcript')}
      aside={
        <>
          {transcript?.isDraft ? <Pill tone="warn">{t('draft')}</Pill> : null}
          <FacetPill facet="transcript" view={sermon.facets.transcript} />
        </>
      }
    >
      {transcript ? (
        <>
          <blockquote
            {...readingIn(sermon.language)}
            className="border-s-2 border-accent-line ps-4 font-serif text-base text-ink"
          >
            {transcript.opening}
            {transcript.opening.split(' ').length < transcript.wordCount ? ' …' : null}
          </blockquote>
          <p className="figures mt-3 text-xs text-soft">
            {t('words', { count: transcript.wordCount })} {t(sources[transcript.source])}{' '}
            {transcript.isApproximate && !sermon.isTextOnly ? `${t('approximate')} ` : null}
            {sermon.facets.transcript.status === 'ready' && !sermon.isTextOnly ? (
              <a
                href={`/api/v1/sermons/${sermon.id}/transcript.vtt`}
                download={`${sermon.slug}.vtt`}
                className="text-accent underline"
              >
                {t('download')}
              </a>
            ) : null}
          </p>
          {transcript.leftOut ? (
            <p className="mt-2 text-xs text-soft" {...textIn(null)}>
              {t('leftOut', transcript.leftOut)}
            </p>
          ) : null}
        </>
      ) : (
        <p className="text-sm text-soft">{t(emptyText[sermon.facets.transcript.status])}</p>
      )}
      <EarlierTranscripts sermonId={sermon.id} transcripts={earlier} />
      {canEdit ? (
        <div className="mt-4 flex flex-wrap items-start gap-3">
          {transcript ? (
            <ButtonLink href={`/dashboard/sermons/${sermon.id}/transcript`} size="sm">
              {t('correct')}
            </ButtonLink>
          ) : null}
          {canTranscribe && transcript && transcript.source !== 'upload' ? (
            <TranscribeAgain sermon={sermon} isTouched={transcript.isTouched} />
          ) : null}
          <SupplyTranscript sermonId={sermon.id} replaces={transcript !== null} />
        </div>
      ) : null}
    </Panel>
  )
}
