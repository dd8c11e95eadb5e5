'use client'

import Link from 'next/link'
import { useState } from 'react'
import { useChange } from '#components/api/use-change.ts'
import { RelativeTime } from '#components/dates/relative-time.tsx'
import { jobsPath } from '#components/jobs/jobs-path.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { textIn } from '#components/text/text-in.ts'
import { Button } from '#components/ui/button.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import type { ScheduledEventView } from '#lib/events/list-scheduled-events.ts'
import type { MessageKey } from '#lib/messages/languages.ts'

const shownAtFirst = 3
const messages: Record<string, MessageKey<'jobs'>> = { 'sermon.publish-due': 'publish' }

/** Scheduled work; a scheduled publication can be cancelled. */
export function ScheduledList({
  scheduled,
  canChange,
  churchId,
}: {
  scheduled: readonly ScheduledEventView[]
  canChange: boolean
  churchId: string
}) {
  const t = useTranslations('jobs')
  const [isWhole, setWhole] = useState(false)
  const formatType = (type: string) => {
    const message = messages[type]
    return message ? t(message) : type
  }
  const shown = isWhole ? scheduled : scheduled.slice(0, shownAtFirst)
  const more = scheduled.length - shown.length
  return (
    <>
      <ul className="flex flex-col">
        {shown.map((event) => (
          <li
            key={event.id}
            data-scheduled={event.type}
            className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line py-2.5 text-sm first:border-t-0"
          >
            <span className="min-w-0 flex-1 basis-52">
              <span className="font-medium">{formatType(event.type)}</span>
              {event.sermon ? (
                <>
                  {' '}
                  <Link
                    href={`/dashboard/sermons/${event.sermon.id}`}
                    prefetch={false}
                    className="text-soft no-underline hover:text-ink hover:underline"
                  >
                    <bdi {...textIn(null)}>{event.sermon.title}</bdi>
                  </Link>
                </>
              ) : null}
            </span>
            <RelativeTime iso={event.dueAt} className="figures text-xs text-soft" />
            {canChange && event.type === 'sermon.publish-due' && event.sermon ? (
              <CancelSchedule sermon={event.sermon} churchId={churchId} />
            ) : null}
          </li>
        ))}
      </ul>
      {more > 0 ? (
        <Button size="sm" variant="quiet" className="mt-2 -ml-3" onClick={() => setWhole(true)}>
          {t('showMore', { count: more })}
        </Button>
      ) : null}
    </>
  )
}

function CancelSchedule({ sermon, churchId }: { sermon: { id: string; title: string }; churchId: string }) {
  const t = useTranslations('jobs')
  const { busy, change } = useChange()

  function cancelSchedule() {
    const path = jobsPath(`/api/v1/sermons/${sermon.id}/unpublish`, { church: churchId })
    return change({ path, done: t('scheduleCancelled') })
  }

  return (
    <ConfirmDialog
      title={t('cancelScheduleTitle')}
      description={t('cancelScheduleText', { title: sermon.title })}
      trigger={
        <Button size="sm" variant="quiet" busy={busy}>
          {t.rich('cancelScheduleOf', {
            title: sermon.title,
            hidden: (text) => <span className="sr-only">{text}</span>,
          })}
        </Button>
      }
      keep={t('keepSchedule')}
      confirm={t('cancelSchedule')}
      onConfirm={() => void cancelSchedule()}
    />
  )
}
