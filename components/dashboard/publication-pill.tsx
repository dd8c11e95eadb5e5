import { CalendarClock, Eye, EyeOff } from 'lucide-react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { formatMoment } from '#components/ui/format-date.ts'
import { Pill } from '#components/ui/pill.tsx'
import type { SermonView } from '#lib/sermons/sermon.ts'

/** Who can see a sermon. */
export function PublicationPill({ sermon }: { sermon: Pick<SermonView, 'publication' | 'publishAt'> }) {
  const t = useTranslations('dashboard')
  switch (sermon.publication) {
    case 'published':
      return (
        <Pill tone="ok" icon={<Eye aria-hidden size={13} />}>
          {t('published')}
        </Pill>
      )
    case 'scheduled':
      return (
        <Pill tone="running" icon={<CalendarClock aria-hidden size={13} />}>
          <span suppressHydrationWarning>
            {sermon.publishAt ? formatMoment(sermon.publishAt) : t('scheduled')}
          </span>
        </Pill>
      )
    case 'draft':
      return <Pill icon={<EyeOff aria-hidden size={13} />}>{t('teamOnly')}</Pill>
  }
}
