import type { Metadata } from 'next'
import Link from 'next/link'
import { openJobsPage, orNotFound } from '#app/_server/jobs-page.ts'
import type { SearchParams } from '#app/_server/page-queries.ts'
import { services } from '#app/_server/services.ts'
import { Panel } from '#components/dashboard/panel.tsx'
import { RelativeTime } from '#components/dates/relative-time.tsx'
import { ActionLog } from '#components/jobs/action-log.tsx'
import { DeadLetterList } from '#components/jobs/dead-letter-list.tsx'
import { DiscardDeadLetters } from '#components/jobs/discard-dead-letters.tsx'
import { jobsPath } from '#components/jobs/jobs-path.ts'
import { PageHead } from '#components/jobs/page-head.tsx'
import { RedriveDeadLetters } from '#components/jobs/redrive-dead-letters.tsx'
import { RedriveList } from '#components/jobs/redrive-list.tsx'
import { Sparkline } from '#components/jobs/sparkline.tsx'
import { deadLetterStateMessages } from '#components/jobs/state-messages.ts'
import { StateTabs } from '#components/jobs/state-tabs.tsx'
import { readTranslations } from '#components/messages/read-translations.ts'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PageLinks } from '#components/ui/page-links.tsx'
import { deadLetterFilterSchema, listDeadLetters } from '#lib/dead-letters/list-dead-letters.ts'
import { readDeadLetterGroup } from '#lib/dead-letters/read-dead-letter-group.ts'
import { listRedrives } from '#lib/dead-letters/start-redrive.ts'
import { listJobActions } from '#lib/runs/list-job-actions.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('jobs')
  return { title: t('deadLettersOfKind') }
}

const states = ['open', 'redriven', 'resolved', 'discarded'] as const

export default async function DeadLetterGroupPage({
  params,
  searchParams,
}: {
  params: Promise<{ fingerprint: string }>
  searchParams: SearchParams
}) {
  const { fingerprint } = await params
  const path = `/dashboard/jobs/dead-letters/${encodeURIComponent(fingerprint)}`
  const { member, query, churchQuery } = await openJobsPage(path, searchParams)
  const { churchId, role } = member
  const { church } = churchQuery
  const t = await readTranslations('jobs')
  const { db } = services()
  const group = await orNotFound(() =>
    readDeadLetterGroup({ db, now: () => new Date() }, { fingerprint, churchId }),
  )
  const filter = deadLetterFilterSchema.parse({ state: query.state, cursor: query.cursor })
  const state = filter.state ?? 'open'
  const [{ deadLetters, next }, redrives, actions] = await Promise.all([
    listDeadLetters({ db }, { ...filter, state, fingerprint, churchId }),
    listRedrives({ db }, { churchId, fingerprint }),
    listJobActions({ db }, { churchId, kind: 'dead-letters', fingerprint }),
  ])
  const canChange = role === 'owner'
  const isReleasing = redrives.some((redrive) => redrive.state === 'running')

  return (
    <>
      <PageHead
        title={group.reason}
        isSentence
        aside={
          canChange && group.counts.open > 0 && !isReleasing ? (
            <div className="flex flex-wrap gap-2">
              <RedriveDeadLetters target={{ fingerprint }} churchId={churchId} />
              <DiscardDeadLetters target={{ fingerprint }} count={group.counts.open} churchId={churchId} />
            </div>
          ) : null
        }
      />
      <div className="figures flex flex-wrap items-center gap-x-6 gap-y-2 pb-5 text-sm text-soft">
        <span className="font-mono text-xs">{group.type}</span>
        <span>{t.rich('firstSeenAt', { when: () => <RelativeTime iso={group.firstSeen} /> })}</span>
        <span>{t.rich('lastSeenAt', { when: () => <RelativeTime iso={group.lastSeen} /> })}</span>
        <Sparkline counts={group.sparkline} />
        <Link
          href={jobsPath('/dashboard/jobs', { church, fingerprint })}
          prefetch={false}
          className="text-xs underline"
        >
          {t('runsFailedThisWay')}
        </Link>
      </div>
      {group.counts.open > 0 ? (
        <Notice title={t('whatToDo')} className="mb-6">
          {group.advice}
        </Notice>
      ) : null}
      {redrives.length > 0 ? (
        <section aria-label={t('redrives')} className="pb-6">
          <RedriveList
            redrives={redrives.slice(0, 3)}
            canChange={canChange}
            churchId={churchId}
            church={church}
          />
        </section>
      ) : null}
      <StateTabs
        label={t('state')}
        tabs={states.map((one) => ({
          href: jobsPath(path, { church, state: one === 'open' ? '' : one }),
          label: t(deadLetterStateMessages[one]),
          count: group.counts[one],
          isHere: one === state,
        }))}
      />
      <div className="mt-2">
        {deadLetters.length > 0 ? (
          <DeadLetterList
            letters={deadLetters}
            canChange={canChange && !isReleasing}
            churchId={churchId}
            church={church}
          />
        ) : (
          <EmptyState title={t(state === 'open' ? 'noneOpen' : 'noDeadLettersInState')} />
        )}
      </div>
      <PageLinks
        firstHref={filter.cursor ? jobsPath(path, { church, state: filter.state }) : null}
        nextHref={next && jobsPath(path, { church, state: filter.state, cursor: next })}
        nextLabel={t('olderDeadLetters')}
      />
      <div className="pt-8">
        <Panel title={t('whoDidWhat')}>
          <ActionLog actions={actions} />
        </Panel>
      </div>
    </>
  )
}
