import type { Metadata } from 'next'
import { requirePageMember } from '#app/_server/actor.ts'
import { services } from '#app/_server/services.ts'
import { Panel } from '#components/dashboard/panel.tsx'
import { listApiTokens } from '#lib/auth/api-tokens.ts'
import { countSamples } from '#lib/sermons/count-samples.ts'
import { ApiTokens } from './_components/api-tokens.tsx'
import { ChurchName } from './_components/church-name.tsx'
import { Samples } from './_components/samples.tsx'

export const metadata: Metadata = { title: 'Settings' }

export default async function SettingsPage() {
  const { churchId, churchName, role } = await requirePageMember('/dashboard/settings')
  const { db } = services()
  const canEdit = role !== 'viewer'
  const samples = await countSamples({ db }, { churchId })
  return (
    <>
      <h1 className="title pt-8 pb-6 text-2xl">Settings</h1>
      <div className="flex max-w-3xl flex-col gap-6">
        <Panel title="Church">
          <ChurchName name={churchName} canEdit={role === 'owner'} />
        </Panel>
        {canEdit ? (
          <Panel title="API tokens">
            <ApiTokens tokens={await listApiTokens({ db }, { churchId })} />
          </Panel>
        ) : null}
        <Panel title="Samples">
          <Samples count={samples} canEdit={canEdit} />
        </Panel>
      </div>
    </>
  )
}
