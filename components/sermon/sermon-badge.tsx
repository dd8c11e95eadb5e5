import { Pill, StatusPill } from '#components/ui/pill.tsx'
import type { SermonView } from '#lib/sermons/sermon.ts'

/** What a listener must know before they press: not public yet, being prepared, not playable, a sample. */
export function SermonBadge({ sermon, className }: { sermon: SermonView; className?: string }) {
  const { status } = sermon.facets.media
  const badges = []
  if (sermon.publication !== 'published') badges.push(<Pill key="draft">Only members see this</Pill>)
  if (status === 'failed') {
    badges.push(
      <StatusPill key="media" tone="danger">
        Cannot be played
      </StatusPill>,
    )
  } else if (status === 'waiting') {
    badges.push(
      <StatusPill key="media" tone="waiting">
        Recording to come
      </StatusPill>,
    )
  } else if (status !== 'ready') {
    badges.push(
      <StatusPill key="media" tone="running">
        Being prepared
      </StatusPill>,
    )
  }
  if (badges.length === 0) return null
  return <div className={`flex flex-wrap gap-1.5 ${className ?? ''}`}>{badges}</div>
}
