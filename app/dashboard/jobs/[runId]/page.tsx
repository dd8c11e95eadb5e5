import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { requirePageMember } from '#app/_server/actor.ts'
import { services } from '#app/_server/services.ts'
import { Panel } from '#components/dashboard/panel.tsx'
import { AutoRefresh } from '#components/jobs/auto-refresh.tsx'
import { planWaterfall } from '#components/jobs/plan-waterfall.ts'
import { RetryRunButton } from '#components/jobs/retry-run-button.tsx'
import { RunError, RunLogs, StepResults, StoredValue } from '#components/jobs/run-parts.tsx'
import { RunStatusPill, unfinishedStatuses } from '#components/jobs/run-status-pill.tsx'
import { Waterfall } from '#components/jobs/waterfall.tsx'
import { RelativeTime } from '#components/ui/relative-time.tsx'
import { AppError } from '#lib/errors.ts'
import { type RunView, readRun } from '#lib/jobs/read-run.ts'

export const metadata: Metadata = { title: 'Run' }

async function readOrNotFound(runId: string, churchId: string): Promise<RunView> {
  try {
    return await readRun(services(), { runId, churchId })
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound()
    throw error
  }
}

export default async function RunPage({ params }: { params: Promise<{ runId: string }> }) {
  const { runId } = await params
  const { churchId, role } = await requirePageMember(`/dashboard/jobs/${encodeURIComponent(runId)}`)
  const run = await readOrNotFound(runId, churchId)
  const isOver = !unfinishedStatuses.includes(run.status)
  const rows = planWaterfall(run.family, run.steps, Date.now())
  const steps = run.steps.filter((step) => step.runId === run.id)
  const logs = run.logs.filter((log) => log.runId === run.id || run.parentRunId === null)

  return (
    <>
      {isOver ? null : <AutoRefresh isBusy />}
      <p className="pt-6 text-sm">
        <Link href="/dashboard/jobs" className="text-soft no-underline hover:text-ink hover:underline">
          All jobs
        </Link>
      </p>
      <div className="flex flex-wrap items-start gap-x-6 gap-y-4 pt-2 pb-7">
        <div className="min-w-0 flex-1 basis-72">
          <div className="flex flex-wrap items-center gap-3">
            <h1 className="title text-2xl">{run.taskId}</h1>
            <RunStatusPill status={run.status} />
          </div>
          <p className="figures mt-1.5 text-sm text-soft">
            {run.sermon ? (
              <>
                <Link href={`/dashboard/sermons/${run.sermon.id}`} className="text-ink underline">
                  {run.sermon.title}
                </Link>
                {' · '}
              </>
            ) : null}
            <RelativeTime iso={run.startedAt ?? run.createdAt} />
            {' · '}
            {run.attempt === 1 ? 'first try' : `${run.attempt} tries`}
            {run.queue ? ` · queue ${run.queue}` : ''}
            {run.machine ? ` · ${run.machine}` : ''}
          </p>
          <p className="mt-1 font-mono text-xs break-all text-faint">{run.id}</p>
        </div>
        {isOver && role !== 'viewer' ? <RetryRunButton runId={run.id} /> : null}
      </div>
      <div className="flex flex-col gap-6">
        {run.error ? <RunError error={run.error} /> : null}
        <Panel title="Timeline">
          <Waterfall rows={rows} currentRunId={run.id} />
        </Panel>
        {steps.length > 0 ? (
          <Panel title="Steps">
            <StepResults steps={steps} />
          </Panel>
        ) : null}
        <div className="grid gap-6 lg:grid-cols-2">
          <Panel title="Payload">
            <StoredValue value={run.payload} />
          </Panel>
          <Panel title="Result">
            <StoredValue value={run.output} />
          </Panel>
        </div>
        <Panel title="Logs">
          {logs.length > 0 ? (
            <RunLogs logs={logs} />
          ) : (
            <p className="text-sm text-soft">Nothing was logged.</p>
          )}
        </Panel>
      </div>
    </>
  )
}
