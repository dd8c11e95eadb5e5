import { type ReactNode, Suspense } from 'react'
import { currentActor } from '#app/_server/actor.ts'
import { EngineNotice } from '#app/dashboard/jobs/_components/engine-notice.tsx'
import { ClientMessages } from '#components/messages/client-messages.tsx'
import { JobsNav } from './_components/jobs-nav.tsx'
import { LiveJobs } from './_components/live-jobs.tsx'

export default async function JobsLayout({ children }: { children: ReactNode }) {
  const actor = await currentActor()
  // The page itself redirects to sign in, because it has the address to return to.
  if (!actor) return children
  return (
    <ClientMessages areas={['jobs']}>
      <LiveJobs />
      <JobsNav
        churches={actor.memberships.map(({ churchId, churchName }) => ({ id: churchId, name: churchName }))}
      />
      <Suspense>
        <EngineNotice />
      </Suspense>
      {children}
    </ClientMessages>
  )
}
