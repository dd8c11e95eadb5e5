import { CalendarClock, Eye, EyeOff } from 'lucide-react'
import { formatMoment } from '#components/ui/format-date.ts'
import { Pill } from '#components/ui/pill.tsx'
import type { SermonView } from '#lib/sermons/sermon.ts'

/** Who can see a sermon. */
export function PublicationPill({ sermon }: { sermon: Pick<SermonView, 'publication' | 'publishAt'> }) {
  switch (sermon.publication) {
    case 'published':
      return (
        <Pill tone="ok" icon={<Eye aria-hidden size={13} />}>
          Published
        </Pill>
      )
    case 'scheduled':
      return (
        <Pill tone="running" icon={<CalendarClock aria-hidden size={13} />}>
          <span suppressHydrationWarning>
            {sermon.publishAt ? formatMoment(sermon.publishAt) : 'Scheduled'}
          </span>
        </Pill>
      )
    case 'draft':
      return <Pill icon={<EyeOff aria-hidden size={13} />}>Team only</Pill>
  }
}
