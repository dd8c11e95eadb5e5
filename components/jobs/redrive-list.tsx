'use client'

import { CircleStop } from 'lucide-react'
import Link from 'next/link'
import { useChange } from '#components/api/use-change.ts'
import { RelativeTime } from '#components/dates/relative-time.tsx'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { StatusPill } from '#components/ui/pill.tsx'
import { ProgressBar } from '#components/ui/progress-bar.tsx'
import type { RedriveView } from '#lib/dead-letters/start-redrive.ts'
import { jobsPath } from './jobs-path.ts'

const looks = {
  running: { tone: 'running', word: 'redriveRunning' },
  stopped: { tone: 'warn', word: 'redriveStopped' },
  finished: { tone: 'ok', word: 'redriveFinished' },
} as const

/** Redrives of many dead letters with their progress; a running one can be stopped. */
export function RedriveList({
  redrives,
  canChange,
  churchId,
  church,
}: {
  redrives: readonly RedriveView[]
  canChange: boolean
  churchId: string
  church: string | undefined
}) {
  const t = useTranslations('jobs')
  return (
    <ul className="flex flex-col gap-3">
      {redrives.map((redrive) => (
        <li key={redrive.id} data-redrive={redrive.state} className="rounded-sm border border-line px-4 py-3">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
            <StatusPill tone={looks[redrive.state].tone}>{t(looks[redrive.state].word)}</StatusPill>
            <p className="figures min-w-0 flex-1 basis-56">
              <span className="font-medium">
                {t('redrivenOf', { count: redrive.released, total: redrive.total })}
              </span>
              <span className="text-soft">
                {' '}
                · {t('perSecond', { count: redrive.perSecond })} ·{' '}
                <RelativeTime iso={redrive.finishedAt ?? redrive.createdAt} />
              </span>
            </p>
            <Link
              href={jobsPath(`/dashboard/jobs/dead-letters/${redrive.fingerprint}`, { church })}
              prefetch={false}
              className="text-xs underline"
            >
              {t('itsDeadLetters')}
            </Link>
            {canChange && redrive.state === 'running' ? (
              <Stop redriveId={redrive.id} churchId={churchId} />
            ) : null}
          </div>
          {redrive.state === 'running' ? (
            <ProgressBar
              value={redrive.total > 0 ? (redrive.released / redrive.total) * 100 : null}
              label={t('redriveProgress')}
              className="mt-3"
            />
          ) : null}
          {redrive.stoppedBecause ? (
            <p className="mt-1.5 text-xs text-soft">{redrive.stoppedBecause}</p>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

function Stop({ redriveId, churchId }: { redriveId: string; churchId: string }) {
  const t = useTranslations('jobs')
  const { busy, change } = useChange()

  function stop() {
    const path = jobsPath(`/api/v1/redrives/${redriveId}/stop`, { church: churchId })
    return change({ path, done: t('redriveStoppedText') })
  }

  return (
    <Button
      size="sm"
      variant="danger"
      busy={busy}
      icon={<CircleStop aria-hidden size={14} />}
      onClick={() => void stop()}
    >
      {t('stop')}
    </Button>
  )
}
