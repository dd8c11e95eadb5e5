import type { Metadata } from 'next'
import Link from 'next/link'
import { requireActor } from '#app/_server/actor.ts'
import { openJobsPage, orNotFound } from '#app/_server/jobs-page.ts'
import { readPageQuery, type SearchParams } from '#app/_server/page-queries.ts'
import { services } from '#app/_server/services.ts'
import { RelativeTime } from '#components/dates/relative-time.tsx'
import { jobsPath } from '#components/jobs/jobs-path.ts'
import { RunStatusPill, unfinishedStatuses } from '#components/jobs/run-status-pill.tsx'
import { readTranslations } from '#components/messages/read-translations.ts'
import { textIn } from '#components/text/text-in.ts'
import { ButtonLink } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { requireMember } from '#lib/auth/actor.ts'
import { AppError } from '#lib/errors.ts'
import { readRun } from '#lib/runs/read-run.ts'
import { planWaterfall } from './_components/plan-waterfall.ts'
import { CancelRun, RetryRun } from './_components/run-actions.tsx'
import { RunInspector, StepInspector } from './_components/run-inspector.tsx'
import { Waterfall } from './_components/waterfall.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('jobs')
  return { title: t('run') }
}

export default async function RunPage({
  params,
  searchParams,
}: {
  params: Promise<{ runId: string }>
  searchParams: SearchParams
}) {
  const { runId } = await params
  const path = `/dashboard/jobs/${encodeURIComponent(runId)}`
  await openJobsPage(path, searchParams)
  const { show = '', step: stepId } = await readPageQuery('/dashboard/jobs/[runId]', searchParams)
  const actor = await requireActor(path)
  const { run, member } = await orNotFound(async () => {
    const found = await readRun(services(), { runId })
    // A run without a church is shown to no one; for a member of several churches, the church of the run is used.
    if (found.churchId === null) throw new AppError('not_found', 'There is no such run.')
    return { run: found, member: requireMember(actor, { role: 'viewer', churchId: found.churchId }) }
  })
  const { churchId, role } = member
  const t = await readTranslations('jobs')
  const church = churchId === actor.memberships[0]?.churchId ? undefined : churchId
  const isOver = !unfinishedStatuses.includes(run.status)
  const isFamilyOver = run.family.every(({ status }) => !unfinishedStatuses.includes(status))
  const step = run.steps.find(({ id }) => id === stepId)
  const { rows, wholeMs } = planWaterfall(run, Date.now())

  return (
    <>
      <div className="flex flex-wrap items-start gap-x-6 gap-y-4 pt-6 pb-6">
        <div className="min-w-0 flex-1 basis-72">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <h1 className="title text-2xl wrap-anywhere">{run.taskId}</h1>
            <RunStatusPill status={run.status} />
          </div>
          <p className="figures mt-1.5 text-sm text-soft">
            {run.sermon ? (
              <>
                <Link
                  href={`/dashboard/sermons/${run.sermon.id}`}
                  prefetch={false}
                  className="text-ink underline"
                >
                  <bdi {...textIn(null)}>{run.sermon.title}</bdi>
                </Link>
                {' · '}
              </>
            ) : null}
            <RelativeTime iso={run.startedAt ?? run.createdAt} />
            {' · '}
            {run.attempt <= 1 ? t('firstAttempt') : t('attemptCount', { count: run.attempt })}
            {run.queue ? ` · ${t('inQueue', { queue: run.queue })}` : ''}
            {run.machine ? ` · ${run.machine}` : ''}
          </p>
          <p className="mt-1 font-mono text-xs break-all text-faint">{run.id}</p>
        </div>
        {role === 'viewer' ? null : isOver ? (
          <RetryRun runId={run.id} churchId={churchId} />
        ) : (
          <CancelRun runId={run.id} taskId={run.taskId} churchId={churchId} />
        )}
      </div>
      {run.deadLetter?.state === 'open' ? (
        <Notice
          tone="warn"
          title={t('isDeadLetter')}
          className="mb-6"
          action={
            <ButtonLink
              size="sm"
              href={jobsPath(`/dashboard/jobs/dead-letters/${run.deadLetter.fingerprint}`, { church })}
            >
              {t('previewRedrive')}
            </ButtonLink>
          }
        >
          {run.deadLetter.advice}
        </Notice>
      ) : null}
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,24rem)]">
        <section
          aria-labelledby="timeline"
          className="min-w-0 rounded-card border border-line bg-raised px-3 py-4"
        >
          <h2 id="timeline" className="title px-2 pb-2 text-lg">
            {t('timeline')}
          </h2>
          <Waterfall
            rows={rows}
            wholeMs={wholeMs}
            currentRunId={run.id}
            currentStepId={step?.id ?? null}
            church={church}
          />
        </section>
        <div className="min-w-0 lg:sticky lg:top-4">
          {step ? (
            <StepInspector
              step={step}
              run={run}
              church={church}
              churchId={churchId}
              canRerun={role === 'owner' && isFamilyOver}
            />
          ) : (
            <RunInspector run={run} show={show} church={church} />
          )}
        </div>
      </div>
    </>
  )
}
