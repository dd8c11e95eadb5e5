import type { Metadata } from 'next'
import Link from 'next/link'
import { requirePageSession } from '#app/_server/actor.ts'
import { services } from '#app/_server/services.ts'
import { Panel } from '#components/dashboard/panel.tsx'
import { ClientMessages } from '#components/messages/client-messages.tsx'
import { readTranslations } from '#components/messages/read-translations.ts'
import { readSecondFactor } from '#lib/auth/second-factor.ts'
import { listSessions } from '#lib/auth/sessions.ts'
import { ChangePassword } from './_components/change-password.tsx'
import { SecondFactor } from './_components/second-factor.tsx'
import { Sessions } from './_components/sessions.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('account')
  return { title: t('title') }
}

export default async function AccountPage() {
  const { actor, sessionId } = await requirePageSession('/dashboard/settings/account')
  const t = await readTranslations('account')
  const sessions = await listSessions(services(), { userId: actor.userId, currentId: sessionId })
  return (
    <ClientMessages areas={['account']}>
      <p className="pt-8 text-sm">
        <Link href="/dashboard/settings">{t('settings')}</Link>
      </p>
      <h1 className="title pt-2 pb-1 text-2xl">{t('title')}</h1>
      <p className="pb-6 text-sm text-soft wrap-anywhere">{actor.email}</p>
      <div className="flex max-w-3xl flex-col gap-6">
        <Panel title={t('password')}>
          <ChangePassword email={actor.email} />
        </Panel>
        <Panel title={t('factor')}>
          <SecondFactor {...(await readSecondFactor(services(), { userId: actor.userId }))} />
        </Panel>
        <Panel title={t('sessions')}>
          <Sessions sessions={sessions} />
        </Panel>
      </div>
    </ClientMessages>
  )
}
