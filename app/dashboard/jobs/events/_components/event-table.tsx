'use client'

import Link from 'next/link'
import { jobsPath } from '#components/jobs/jobs-path.ts'
import { tableClass } from '#components/jobs/row-table.tsx'
import { RunStatusPill } from '#components/jobs/run-status-pill.tsx'
import { eventStateWords } from '#components/jobs/state-words.ts'
import { StatusPill, type Tone } from '#components/ui/pill.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import type { EventView } from '#lib/events/list-events.ts'

const tones: Record<EventView['state'], Tone> = {
  pending: 'queued',
  forwarded: 'ok',
  dead: 'danger',
  cancelled: 'neutral',
}

/** Requests for background work, newest first, with the outcome of each. */
export function EventTable({ events, church }: { events: readonly EventView[]; church: string | undefined }) {
  return (
    <table className={tableClass}>
      <caption className="sr-only">Events, newest first</caption>
      <thead>
        <tr>
          <th scope="col" className="w-32">
            State
          </th>
          <th scope="col">Event</th>
          <th scope="col" className="max-md:hidden">
            Sermon
          </th>
          <th scope="col" className="max-sm:hidden">
            Written
          </th>
          <th scope="col" className="pr-0! max-sm:hidden">
            Outcome
          </th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <tr key={event.id} data-event={event.state}>
            <td>
              <StatusPill tone={tones[event.state]}>{eventStateWords[event.state]}</StatusPill>
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
                  {event.sermon.title}
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
  if (event.deadLetter) {
    return (
      <Link
        href={jobsPath(`/dashboard/jobs/dead-letters/${event.deadLetter.fingerprint}`, { church })}
        prefetch={false}
        className="text-xs font-medium underline"
      >
        Dead letter, {event.deadLetter.state}
      </Link>
    )
  }
  if (event.state === 'pending') {
    return (
      <span className="figures text-xs text-soft">
        {event.attempts > 0
          ? `${event.attempts} ${event.attempts === 1 ? 'attempt' : 'attempts'} so far`
          : 'No attempt yet'}
        {event.nextAttemptAt && event.attempts > 0 ? (
          <>
            , next <RelativeTime iso={event.nextAttemptAt} />
          </>
        ) : null}
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
        <span className="underline">{event.runStatus ? 'The run' : 'Its run was deleted by retention'}</span>
      </Link>
    )
  }
  return <span className="text-xs text-faint">Nothing</span>
}
