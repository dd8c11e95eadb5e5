import Link from 'next/link'
import type { ReactNode } from 'react'
import { RelativeTime } from '#components/dates/relative-time.tsx'
import { Elapsed } from '#components/jobs/elapsed.tsx'
import { jobsPath } from '#components/jobs/jobs-path.ts'
import { RunStatusPill } from '#components/jobs/run-status-pill.tsx'
import { type RunViewName, runViews } from '#components/jobs/run-views.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { classNames } from '#components/ui/class-names.ts'
import { listStepsFrom, parseWorkKey } from '#lib/facets/step-dependencies.ts'
import type { RunView, StepView } from '#lib/runs/read-run.ts'
import { RerunStep } from './rerun-step.tsx'
import { Attempts, RunError, RunLogs, RunSpans, StoredValue } from './run-parts.tsx'

/** The details of a run, one part at a time. */
export function RunInspector({
  run,
  show,
  church,
}: {
  run: RunView
  show: RunViewName
  church: string | undefined
}) {
  const t = useTranslations('jobs')
  const attempts = run.attempts.filter(({ runId }) => runId === run.id)
  // The log of a request contains the logs of all runs that it caused.
  const isRoot = run.parentRunId === null
  const logs = isRoot ? run.logs : run.logs.filter(({ runId }) => runId === run.id)
  const spans = isRoot ? run.spans : run.spans.filter(({ runId }) => runId === run.id)
  const counts: Record<RunViewName, number | null> = {
    '': null,
    attempts: attempts.length,
    payload: null,
    logs: logs.length,
    trace: spans.length,
  }
  return (
    <Inspector title={run.taskId} kicker={t('run')}>
      <nav aria-label={t('partsOfRun')} className="-mx-5 overflow-x-auto border-b border-line px-5">
        <ul className="flex w-max gap-4">
          {runViews.map(({ value, label }) => (
            <li key={value}>
              <Link
                href={jobsPath(`/dashboard/jobs/${run.id}`, { church, show: value })}
                prefetch={false}
                scroll={false}
                aria-current={value === show ? 'true' : undefined}
                className={classNames(
                  '-mb-px block border-b-2 py-2 text-xs font-medium no-underline',
                  value === show ? 'border-accent text-ink' : 'border-transparent text-soft hover:text-ink',
                )}
              >
                {t(label)}
                {counts[value] ? <span className="figures ml-1 text-faint">{counts[value]}</span> : null}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="pt-4">
        {show === '' ? (
          <div className="flex flex-col gap-4">
            {run.error ? <RunError error={run.error} isStackOpen /> : null}
            {run.error && run.output === null ? null : <StoredValue value={run.output} />}
          </div>
        ) : null}
        {show === 'attempts' ? <Attempts attempts={attempts} /> : null}
        {show === 'payload' ? <StoredValue value={run.payload} /> : null}
        {show === 'logs' ? <RunLogs logs={logs} /> : null}
        {show === 'trace' ? <RunSpans spans={spans} /> : null}
      </div>
    </Inspector>
  )
}

/** One step: its result or error, and a button to rerun it. */
export function StepInspector({
  step,
  run,
  church,
  canRerun,
  churchId,
}: {
  step: StepView
  run: RunView
  church: string | undefined
  churchId: string
  canRerun: boolean
}) {
  const t = useTranslations('jobs')
  const work = parseWorkKey(step.workKey)
  const again = work ? listStepsFrom(`${work.facet}/${step.name}`).map((dependency) => dependency.step) : []
  return (
    <Inspector
      title={step.name}
      kicker={work ? t('stepOf', { facet: work.facet }) : t('step')}
      aside={
        <Link
          href={jobsPath(`/dashboard/jobs/${run.id}`, { church })}
          prefetch={false}
          scroll={false}
          className="text-xs text-soft underline hover:text-ink"
        >
          {t('backToRun')}
        </Link>
      }
    >
      <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 pb-4 text-sm">
        <RunStatusPill status={step.status} />
        <span className="figures text-xs text-soft">
          <RelativeTime iso={step.startedAt} /> ·{' '}
          <Elapsed startedAt={step.startedAt} finishedAt={step.finishedAt} />
          {step.attempt > 1 ? ` · ${t('attemptNumber', { number: step.attempt })}` : ''}
        </span>
      </p>
      {step.error ? <RunError error={step.error} isStackOpen /> : <StoredValue value={step.result} />}
      {canRerun && again.length > 0 ? (
        <div className="pt-4">
          <RerunStep stepId={step.id} name={step.name} steps={again} churchId={churchId} />
        </div>
      ) : null}
    </Inspector>
  )
}

function Inspector({
  title,
  kicker,
  aside,
  children,
}: {
  title: string
  kicker: string
  aside?: ReactNode
  children: ReactNode
}) {
  const t = useTranslations('jobs')
  return (
    <section aria-label={t('detail')} className="min-w-0 rounded-card border border-line bg-raised px-5 py-4">
      <div className="flex items-baseline gap-3 pb-2">
        <h2 className="title min-w-0 flex-1 truncate text-lg">
          <span className="mr-2 align-middle font-sans text-xs font-medium tracking-normal text-faint">
            {kicker}
          </span>
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  )
}
