import type { Metadata } from 'next'
import { openJobsPage } from '#app/_server/jobs-page.ts'
import type { SearchParams } from '#app/_server/page-queries.ts'
import { services } from '#app/_server/services.ts'
import { Panel } from '#components/dashboard/panel.tsx'
import { jobsPath } from '#components/jobs/jobs-path.ts'
import { PageHead } from '#components/jobs/page-head.tsx'
import { eventStateMessages } from '#components/jobs/state-messages.ts'
import { StateTabs } from '#components/jobs/state-tabs.tsx'
import { readTranslations } from '#components/messages/read-translations.ts'
import { ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PageLinks } from '#components/ui/page-links.tsx'
import { countEvents, eventFilterSchema, listEvents } from '#lib/events/list-events.ts'
import { listScheduledEvents } from '#lib/events/list-scheduled-events.ts'
import { EventTable } from './_components/event-table.tsx'
import { ScheduledList } from './_components/scheduled-list.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('jobs')
  return { title: t('events') }
}

const path = '/dashboard/jobs/events'
const states = ['pending', 'forwarded', 'dead', 'cancelled'] as const

export default async function EventsPage({ searchParams }: { searchParams: SearchParams }) {
  const { member, query, churchQuery } = await openJobsPage(path, searchParams)
  const { churchId, role } = member
  const t = await readTranslations('jobs')
  const filter = eventFilterSchema.parse({ state: query.state, cursor: query.cursor })
  const { db } = services()
  const [{ events, next }, counts, scheduled] = await Promise.all([
    listEvents({ db }, { ...filter, churchId }),
    countEvents({ db }, { churchId }),
    listScheduledEvents({ db }, { churchId }),
  ])
  const all = states.reduce((sum, state) => sum + counts[state], 0)
  const { state } = filter

  return (
    <>
      <PageHead title={t('events')}>{t('eventsText')}</PageHead>
      {scheduled.length > 0 ? (
        <div className="pb-7">
          <Panel title={t('plannedForLater')}>
            <ScheduledList scheduled={scheduled} canChange={role !== 'viewer'} churchId={churchId} />
          </Panel>
        </div>
      ) : null}
      <StateTabs
        label={t('state')}
        tabs={[
          { href: jobsPath(path, churchQuery), label: t('all'), count: all, isHere: state === undefined },
          ...states.map((one) => ({
            href: jobsPath(path, { ...churchQuery, state: one }),
            label: t(eventStateMessages[one]),
            count: counts[one],
            isHere: state === one,
          })),
        ]}
      />
      <div className="mt-4">
        {events.length > 0 ? (
          <EventTable events={events} church={churchQuery.church} />
        ) : state ? (
          <EmptyState
            title={t('noEventsInState')}
            action={<ButtonLink href={jobsPath(path, churchQuery)}>{t('showAllEvents')}</ButtonLink>}
          />
        ) : (
          <EmptyState title={t('noEventsTitle')}>{t('noEventsText')}</EmptyState>
        )}
      </div>
      <PageLinks
        firstHref={filter.cursor ? jobsPath(path, { ...churchQuery, state }) : null}
        nextHref={next && jobsPath(path, { ...churchQuery, state, cursor: next })}
        nextLabel={t('olderEvents')}
      />
    </>
  )
}
