import { useTranslations } from '#components/messages/use-translations.ts'
import { StatusPill, type Tone } from '#components/ui/pill.tsx'
import { ProgressBar } from '#components/ui/progress-bar.tsx'
import type { Facet } from '#lib/facets/facet.ts'
import type { MessageKey } from '#lib/messages/languages.ts'
import type { FacetView } from '#lib/sermons/sermon.ts'

const tones: Record<FacetView['status'], Tone> = {
  waiting: 'waiting',
  pending: 'queued',
  running: 'running',
  ready: 'ok',
  failed: 'danger',
}

const messages = {
  waiting: 'partWaiting',
  pending: 'partQueued',
  running: 'partRunning',
  ready: 'partReady',
  failed: 'partFailed',
} as const satisfies Record<FacetView['status'], MessageKey<'dashboard'>>

/** The state of one part of a sermon's processing, with its progress. */
export function FacetPill({ facet, view }: { facet: Facet; view: FacetView }) {
  const t = useTranslations('dashboard')
  // Search that waits for a transcript needs no action of its own: the pill of the transcript shows it.
  const tone = facet === 'index' && view.status === 'waiting' ? 'queued' : tones[view.status]
  return (
    <span className="figures inline-flex flex-col gap-1" data-facet={facet} data-status={view.status}>
      <StatusPill tone={tone}>
        {view.status === 'running' && view.progress > 0
          ? t('partPercent', { part: facet, percent: view.progress })
          : t.rich(messages[view.status], {
              part: facet,
              hidden: (text) => <span className="sr-only">{text}</span>,
            })}
      </StatusPill>
      {view.status === 'running' ? (
        <ProgressBar
          value={view.progress > 0 ? view.progress : null}
          label={t('partProgress', { part: facet })}
        />
      ) : null}
    </span>
  )
}
