import { LogOut } from 'lucide-react'
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { currentActor } from '#app/_server/actor.ts'
import { services } from '#app/_server/services.ts'
import { DraftOwner } from '#components/autosave/draft-owner.tsx'
import { TimeZoneProvider } from '#components/dates/time-zone.tsx'
import { ClientMessages } from '#components/messages/client-messages.tsx'
import { readTranslations } from '#components/messages/read-translations.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { UploadProvider } from '#components/upload/upload-provider.tsx'
import { listKnownNames } from '#lib/sermons/list-known-names.ts'
import { DashboardTabs } from './_components/dashboard-tabs.tsx'
import { UploadStrip } from './_components/upload-strip.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('dashboard')
  return { title: { default: t('title'), template: t('titleTemplate') }, robots: { index: false } }
}

function SignOut() {
  const t = useTranslations('dashboard')
  return (
    <form method="post" action="/api/session/sign-out">
      <Button type="submit" variant="quiet" size="sm" icon={<LogOut aria-hidden size={15} />}>
        {t('signOut')}
      </Button>
    </form>
  )
}

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const actor = await currentActor()
  // The page itself redirects to sign in, because it has the address to return to.
  if (!actor) return children
  const t = await readTranslations('dashboard')
  const [membership] = actor.memberships
  if (!membership) {
    return (
      <div className="page py-10">
        <EmptyState level={1} title={t('noChurchTitle')} action={<SignOut />}>
          {t('noChurchText', { email: actor.email })}
        </EmptyState>
      </div>
    )
  }
  const { env, db } = services()
  return (
    <ClientMessages areas={['autosave', 'dashboard', 'upload']}>
      <div className="border-b border-line">
        <div className="page pt-5">
          <div className="flex items-center gap-4">
            <p dir="auto" className="title min-w-0 flex-1 truncate text-lg">
              {membership.churchName}
            </p>
            <span className="hidden text-xs text-faint sm:block">{actor.displayName || actor.email}</span>
            <SignOut />
          </div>
          <DashboardTabs />
        </div>
      </div>
      <TimeZoneProvider timeZone={membership.timeZone}>
        <DraftOwner userId={actor.userId}>
          <UploadProvider
            userId={actor.userId}
            maxSizeBytes={env.SELAH_MAX_UPLOAD_MB * 1024 * 1024}
            known={await listKnownNames({ db }, { churchId: membership.churchId })}
            churchLanguage={membership.language}
          >
            <div className="page pb-10">
              <UploadStrip />
              {children}
            </div>
          </UploadProvider>
        </DraftOwner>
      </TimeZoneProvider>
    </ClientMessages>
  )
}
