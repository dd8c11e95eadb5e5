'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { RelativeTime } from '#components/dates/relative-time.tsx'
import { useTranslations } from '#components/messages/use-translations.ts'
import { StatusPill, type Tone } from '#components/ui/pill.tsx'
import type { DeadLetterView } from '#lib/dead-letters/list-dead-letters.ts'
import { DiscardDeadLetters } from './discard-dead-letters.tsx'
import { jobsPath } from './jobs-path.ts'
import { RedriveDeadLetters } from './redrive-dead-letters.tsx'
import { deadLetterStateMessages } from './state-messages.ts'

const tones: Record<DeadLetterView['state'], Tone> = {
  open: 'danger',
  redriven: 'ok',
  resolved: 'ok',
  discarded: 'neutral',
}

const hidden = (text: ReactNode) => <span className="sr-only">{text}</span>

/** Dead letters, newest first, each with its subject and its actions. */
export function DeadLetterList({
  letters,
  canChange,
  churchId,
  church,
}: {
  letters: readonly DeadLetterView[]
  canChange: boolean
  churchId: string
  church: string | undefined
}) {
  const t = useTranslations('jobs')
  return (
    <ul>
      {letters.map((letter) => {
        const { settledAt } = letter
        const name = letter.sermon?.title ?? letter.type
        return (
          <li
            key={letter.id}
            data-letter={letter.state}
            data-letter-id={letter.id}
            className="flex flex-wrap items-start gap-x-5 gap-y-2.5 border-b border-line py-3.5 text-sm"
          >
            <div className="min-w-0 flex-1 basis-72">
              <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
                <span className="font-medium wrap-anywhere">{name}</span>
                {letter.state === 'open' ? null : (
                  <StatusPill tone={tones[letter.state]}>
                    {t(deadLetterStateMessages[letter.state])}
                  </StatusPill>
                )}
              </p>
              <p className="mt-0.5 text-xs wrap-anywhere text-soft">{letter.reason}</p>
              <p className="figures mt-1 flex flex-wrap gap-x-3 text-xs text-faint">
                <span>{t.rich('recordedAt', { when: () => <RelativeTime iso={letter.createdAt} /> })}</span>
                {settledAt ? (
                  <span>{t.rich('closedAt', { when: () => <RelativeTime iso={settledAt} /> })}</span>
                ) : null}
                {letter.runId ? (
                  <Link
                    href={jobsPath(`/dashboard/jobs/${letter.runId}`, { church })}
                    prefetch={false}
                    className="underline"
                  >
                    {t.rich('theRunOf', { name, hidden })}
                  </Link>
                ) : null}
                {letter.sermon ? (
                  <Link
                    href={`/dashboard/sermons/${letter.sermon.id}`}
                    prefetch={false}
                    className="underline"
                  >
                    {t.rich('theSermon', { name, hidden })}
                  </Link>
                ) : null}
              </p>
              {typeof letter.details.blockedBecause === 'string' ? (
                <p className="mt-1 text-xs text-warn">
                  {t('notRedriven', { reason: letter.details.blockedBecause })}
                </p>
              ) : null}
            </div>
            {canChange && letter.state === 'open' ? (
              <div className="flex gap-1">
                <RedriveDeadLetters target={{ letterId: letter.id }} churchId={churchId} label={name} />
                <DiscardDeadLetters
                  target={{ letterId: letter.id }}
                  count={1}
                  churchId={churchId}
                  label={name}
                />
              </div>
            ) : null}
          </li>
        )
      })}
    </ul>
  )
}
