'use client'

import { CalendarClock, Eye, EyeOff } from 'lucide-react'
import { useDateStyle } from '#components/dates/use-date-style.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Pill } from '#components/ui/pill.tsx'
import { formatMoment } from '#lib/dates/format-date.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'

/** Who can see a sermon. */
export function PublicationPill({ sermon }: { sermon: Pick<SermonView, 'publication' | 'publishAt'> }) {
  const t = useTranslations('dashboard')
  const style = useDateStyle()
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
          {sermon.publishAt ? (
            <time dateTime={sermon.publishAt} title={style.timeZone}>
              {formatMoment(sermon.publishAt, style)}
            </time>
          ) : (
            t('scheduled')
          )}
        </Pill>
      )
    case 'draft':
      return <Pill icon={<EyeOff aria-hidden size={13} />}>{t('teamOnly')}</Pill>
  }
}
