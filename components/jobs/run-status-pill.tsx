import { useTranslations } from '#components/messages/use-translations.ts'
import { StatusPill, type Tone } from '#components/ui/pill.tsx'
import { runStatusGroups } from '#lib/jobs/run-statuses.ts'
import type { MessageKey } from '#lib/messages/languages.ts'
import type { RunNode } from '#lib/runs/read-run.ts'

type RunStatus = RunNode['status']

export const runStatusMessages: Record<RunStatus, MessageKey<'jobs'>> = {
  queued: 'statusQueued',
  delayed: 'statusDelayed',
  running: 'statusRunning',
  waiting: 'statusWaiting',
  completed: 'statusCompleted',
  failed: 'statusFailed',
  crashed: 'statusCrashed',
  timed_out: 'statusTimedOut',
  expired: 'statusExpired',
  cancelled: 'statusCancelled',
}

const tones: Record<RunStatus, Tone> = {
  queued: 'queued',
  delayed: 'queued',
  running: 'running',
  waiting: 'running',
  completed: 'ok',
  failed: 'danger',
  crashed: 'danger',
  timed_out: 'danger',
  expired: 'warn',
  cancelled: 'neutral',
}

export const unfinishedStatuses: readonly RunStatus[] = runStatusGroups.live

/** The status of a run. */
export function RunStatusPill({ status }: { status: RunStatus }) {
  const t = useTranslations('jobs')
  return <StatusPill tone={tones[status]}>{t(runStatusMessages[status])}</StatusPill>
}
