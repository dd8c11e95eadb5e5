import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { services } from '#app/_server/services.ts'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { isSetUp, isSetUpToken } from '#lib/churches/set-up-installation.ts'
import { SetUpForm } from './_components/set-up-form.tsx'

export const metadata: Metadata = {
  title: 'Set up',
  robots: { index: false },
  // The link is a key: it must not travel on to other sites.
  referrer: 'same-origin',
}

export default async function SetUpPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  if (await isSetUp(services())) redirect('/sign-in')
  const { token } = await searchParams
  if (typeof token !== 'string' || !(await isSetUpToken(services(), { token }))) {
    return (
      <div className="page py-10">
        <EmptyState level={1} title="This set-up link is no longer good">
          Use the link that the latest start of Selah printed. Each start makes a new one until somebody has
          used it.
        </EmptyState>
      </div>
    )
  }
  return (
    <div className="page py-12">
      <div className="mx-auto w-full max-w-md">
        <h1 className="title text-2xl">Welcome to Selah</h1>
        <p className="mt-2 mb-8 text-base text-soft">
          A place for your church’s sermons: to hear, to read along, and to ask. Four things, then you can
          upload the first one.
        </p>
        <SetUpForm token={token} />
      </div>
    </div>
  )
}
