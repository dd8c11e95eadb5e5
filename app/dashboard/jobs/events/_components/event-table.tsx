'use client'

import Link from 'next/link'
import { RelativeTime } from '#components/dates/relative-time.tsx'
import { jobsPath } from '#components/jobs/jobs-path.ts'
import { RunStatusPill } from '#components/jobs/run-status-pill.tsx'
import { eventStateMessages } from '#components/jobs/state-messages.ts'
import { tableClass } from '#components/jobs/table-class.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { textIn } from '#components/text/text-in.ts'
import { StatusPill, type Tone } from '#components/ui/pill.tsx'
import type { EventView } from '#lib/events/list-events.ts'

const tones: Record<EventView['state'], Tone> = {
  pending: 'queued',
  forwarded: 'ok',
  dead: 'danger',
  cancelled: 'neutral',
}

/** Requests for background work, newest first, with the outcome of each. */
export function EventTable({ events, church }: { events: readonly EventView[]; church: string | undefined }) {
  const t = useTranslations('jobs')
  return (
    <table className={tableClass}>
      <caption className="sr-only">{t('eventsCaption')}</caption>
      <thead>
        <tr>
          <th scope="col" className="w-32">
            {t('state')}
          </th>
          <th scope="col">{t('event')}</th>
          <th scope="col" className="max-md:hidden">
            {t('sermon')}
          </th>
          <th scope="col" className="max-sm:hidden">
            {t('recorded')}
          </th>
          <th scope="col" className="pr-0! max-sm:hidden">
            {t('outcome')}
          </th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <tr key={event.id} data-event={event.state}>
            <td>
              <StatusPill tone={tones[event.state]}>{t(eventStateMessages[event.state])}</StatusPill>
            </td>
            <td className="max-sm:pr-0!">
              <p className="font-medium wrap-anywhere">{event.type}</p>
              <p className="mt-0.5 text-xs text-soft md:hidden">
                {event.sermon ? `${event.sermon.title} · ` : null}
                <RelativeTime iso={event.createdAt} />
              </p>
              {event.lastError ? (
                <p className="mt-0.5 line-clamp-2 max-w-96 text-xs wrap-anywhere text-danger">
                  {event.lastError}
                </p>
              ) : null}
              <div className="mt-1.5 sm:hidden">
                <Outcome event={event} church={church} />
              </div>
            </td>
            <td className="min-w-36 max-md:hidden">
              {event.sermon ? (
                <Link
                  href={`/dashboard/sermons/${event.sermon.id}`}
                  prefetch={false}
                  className="text-soft no-underline hover:text-ink hover:underline"
                >
                  <bdi {...textIn(null)}>{event.sermon.title}</bdi>
                </Link>
              ) : (
                <span className="text-faint">–</span>
              )}
            </td>
            <td className="figures whitespace-nowrap text-soft max-sm:hidden">
              <RelativeTime iso={event.createdAt} />
            </td>
            <td className="pr-0! max-sm:hidden">
              <Outcome event={event} church={church} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Outcome({ event, church }: { event: EventView; church: string | undefined }) {
  const t = useTranslations('jobs')
  if (event.deadLetter) {
    return (
      <Link
        href={jobsPath(`/dashboard/jobs/dead-letters/${event.deadLetter.fingerprint}`, { church })}
        prefetch={false}
        className="text-xs font-medium underline"
      >
        {t('deadLetterIn', { state: event.deadLetter.state })}
      </Link>
    )
  }
  if (event.state === 'pending') {
    const { attempts: count, nextAttemptAt } = event
    return (
      <span className="figures text-xs text-soft">
        {count === 0
          ? t('noAttemptYet')
          : nextAttemptAt
            ? t.rich('attemptsNext', { count, when: () => <RelativeTime iso={nextAttemptAt} /> })
            : t('attemptsSoFar', { count })}
      </span>
    )
  }
  if (event.runId) {
    return (
      <Link
        href={jobsPath(`/dashboard/jobs/${event.runId}`, { church })}
        prefetch={false}
        className="inline-flex items-center gap-2 text-xs text-ink"
      >
        {event.runStatus ? <RunStatusPill status={event.runStatus} /> : null}
        <span className="underline">{t(event.runStatus ? 'theRun' : 'runPruned')}</span>
      </Link>
    )
  }
  return <span className="text-xs text-faint">{t('noOutcome')}</span>
}
