import { StatusPill, type Tone } from '#components/ui/pill.tsx'
import { runStatusGroups } from '#lib/jobs/run-statuses.ts'
import type { RunNode } from '#lib/runs/read-run.ts'

type RunStatus = RunNode['status']

export const runStatusWords: Record<RunStatus, string> = {
  queued: 'Queued',
  delayed: 'Delayed',
  running: 'Running',
  waiting: 'Waiting',
  completed: 'Completed',
  failed: 'Failed',
  crashed: 'Crashed',
  timed_out: 'Timed out',
  expired: 'Expired',
  cancelled: 'Cancelled',
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

/** How a run stands. */
export function RunStatusPill({ status }: { status: RunStatus }) {
  return <StatusPill tone={tones[status]}>{runStatusWords[status]}</StatusPill>
}
