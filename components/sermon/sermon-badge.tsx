import { useTranslations } from '#components/messages/use-translations.ts'
import { Pill, StatusPill } from '#components/ui/pill.tsx'
import type { SermonView } from '#lib/sermons/sermon.ts'

/** A label for a sermon that is a sample, not public yet, being prepared, not playable or only a text. */
export function SermonBadge({ sermon, className }: { sermon: SermonView; className?: string }) {
  const t = useTranslations('sermon')
  const { status } = sermon.facets.media
  const badges = []
  if (sermon.isSample) badges.push(<Pill key="sample">{t('sample')}</Pill>)
  if (sermon.publication !== 'published') badges.push(<Pill key="draft">{t('teamOnly')}</Pill>)
  if (sermon.isTextOnly) {
    badges.push(<Pill key="media">{t('textOnly')}</Pill>)
  } else if (status === 'failed') {
    badges.push(
      <StatusPill key="media" tone="danger">
        {t('cannotBePlayed')}
      </StatusPill>,
    )
  } else if (status === 'waiting') {
    badges.push(
      <StatusPill key="media" tone="waiting">
        {t('noRecordingYet')}
      </StatusPill>,
    )
  } else if (status !== 'ready') {
    badges.push(
      <StatusPill key="media" tone="running">
        {t('beingPrepared')}
      </StatusPill>,
    )
  }
  if (badges.length === 0) return null
  return <div className={`flex flex-wrap gap-1.5 ${className ?? ''}`}>{badges}</div>
}
