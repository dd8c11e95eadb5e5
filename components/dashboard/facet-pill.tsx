import { StatusPill, type Tone } from '#components/ui/pill.tsx'
import { ProgressBar } from '#components/ui/progress-bar.tsx'
import type { Facet } from '#lib/facets/facet.ts'
import type { FacetView } from '#lib/sermons/sermon.ts'

const names: Record<Facet, string> = { media: 'Audio', transcript: 'Transcript', index: 'Search' }

const waitingWords: Record<Facet, string> = {
  media: 'Needs a recording',
  transcript: 'Needs a transcript',
  index: 'Search waiting',
}

const tones: Record<FacetView['status'], Tone> = {
  waiting: 'waiting',
  pending: 'queued',
  running: 'running',
  ready: 'ok',
  failed: 'danger',
}

function words(facet: Facet, { status, progress }: FacetView): string {
  switch (status) {
    case 'waiting':
      return waitingWords[facet]
    case 'pending':
      return `${names[facet]} queued`
    case 'running':
      return progress > 0 ? `${names[facet]} ${progress}%` : `${names[facet]} running`
    case 'ready':
      return names[facet]
    case 'failed':
      return `${names[facet]} failed`
  }
}

/** The state of one part of a sermon's processing, with its progress. */
export function FacetPill({ facet, view }: { facet: Facet; view: FacetView }) {
  // Search that waits for a transcript is not the person's to solve: the transcript's pill says so.
  const tone = facet === 'index' && view.status === 'waiting' ? 'queued' : tones[view.status]
  return (
    <span className="figures inline-flex flex-col gap-1" data-facet={facet} data-status={view.status}>
      <StatusPill tone={tone}>
        {words(facet, view)}
        {view.status === 'ready' ? <span className="sr-only"> ready</span> : null}
      </StatusPill>
      {view.status === 'running' ? (
        <ProgressBar value={view.progress > 0 ? view.progress : null} label={`${names[facet]} progress`} />
      ) : null}
    </span>
  )
}
