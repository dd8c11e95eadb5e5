import { FacetPill } from '#components/dashboard/facet-pill.tsx'
import { Panel } from '#components/dashboard/panel.tsx'
import { Pill } from '#components/ui/pill.tsx'
import type { SermonTranscriptView, SermonView } from '#lib/sermons/sermon.ts'
import { SupplyTranscript } from './supply-transcript.tsx'

type Summary = Pick<SermonTranscriptView, 'source' | 'isDraft' | 'isApproximate'> & {
  wordCount: number
  opening: string
}

const sources: Record<Summary['source'], string> = {
  deepgram: 'Transcribed by Deepgram.',
  recogniser: 'Transcribed by the recogniser on this machine: expect mistakes.',
  upload: 'Uploaded by your church.',
}

const inProgress = 'The transcript appears here when it is ready.'
const emptyText: Record<SermonView['facets']['transcript']['status'], string> = {
  waiting: 'There is no transcript yet. With a transcript, people can read along, search and ask.',
  pending: inProgress,
  running: inProgress,
  ready: inProgress,
  failed: 'The transcription failed. If you have a transcript, add it here.',
}

/** The words of the sermon: where they come from, how good they are, and how to give better ones. */
export function TranscriptPanel({
  sermon,
  transcript,
  canEdit,
}: {
  sermon: SermonView
  transcript: Summary | null
  canEdit: boolean
}) {
  return (
    <Panel
      title="Transcript"
      aside={
        <>
          {transcript?.isDraft ? <Pill tone="warn">Draft</Pill> : null}
          <FacetPill facet="transcript" view={sermon.facets.transcript} />
        </>
      }
    >
      {transcript ? (
        <>
          <blockquote className="border-l-2 border-accent-line pl-4 font-serif text-base text-ink">
            {transcript.opening}
            {transcript.opening.split(' ').length < transcript.wordCount ? ' …' : null}
          </blockquote>
          <p className="figures mt-3 text-xs text-soft">
            {transcript.wordCount.toLocaleString('en-GB')} words. {sources[transcript.source]}
            {transcript.isApproximate ? ' Its times are approximate.' : ''}{' '}
            {sermon.facets.transcript.status === 'ready' ? (
              <a
                href={`/api/v1/sermons/${sermon.id}/transcript.vtt`}
                download={`${sermon.slug}.vtt`}
                className="text-accent underline"
              >
                Download it as VTT
              </a>
            ) : null}
          </p>
        </>
      ) : (
        <p className="text-sm text-soft">{emptyText[sermon.facets.transcript.status]}</p>
      )}
      {canEdit ? (
        <div className="mt-4">
          <SupplyTranscript sermonId={sermon.id} replaces={transcript !== null} />
        </div>
      ) : null}
    </Panel>
  )
}
