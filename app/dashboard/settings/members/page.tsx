import type { Metadata } from 'next'
import Link from 'next/link'
import { requirePageMember } from '#app/_server/actor.ts'
import { services } from '#app/_server/services.ts'
import { Panel } from '#components/dashboard/panel.tsx'
import { ClientMessages } from '#components/messages/client-messages.tsx'
import { readTranslations } from '#components/messages/read-translations.ts'
import { listMembers } from '#lib/churches/members.ts'
import { InviteMember } from './_components/invite-member.tsx'
import { MemberList } from './_components/member-list.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('members')
  return { title: t('title') }
}

export default async function MembersPage() {
  const { churchId, role, actor } = await requirePageMember('/dashboard/settings/members')
  const t = await readTranslations('members')
  const canEdit = role === 'owner'
  return (
    <ClientMessages areas={['members']}>
      <p className="pt-8 text-sm">
        <Link href="/dashboard/settings">{t('settings')}</Link>
      </p>
      <h1 className="title pt-2 pb-6 text-2xl">{t('title')}</h1>
      <div className="flex max-w-3xl flex-col gap-6">
        <Panel title={t('list')}>
          <MemberList
            members={await listMembers(services(), { churchId })}
            ownId={actor.userId}
            canEdit={canEdit}
          />
        </Panel>
        {canEdit ? (
          <Panel title={t('invite')}>
            <InviteMember />
          </Panel>
        ) : null}
      </div>
    </ClientMessages>
  )
}
