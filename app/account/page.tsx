import { Download } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { requireActor } from '#app/_server/actor.ts'
import { readPageQuery, type SearchParams } from '#app/_server/page-queries.ts'
import { Panel } from '#components/dashboard/panel.tsx'
import { ClientMessages } from '#components/messages/client-messages.tsx'
import { readTranslations } from '#components/messages/read-translations.ts'
import { buttonClass } from '#components/ui/button.tsx'
import { homeOf } from '#lib/auth/actor.ts'
import { ChoosePasswordForm } from './_components/choose-password-form.tsx'
import { DeleteAccount } from './_components/delete-account.tsx'
import { SignOutForm } from './_components/sign-out-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('listenerAccount')
  return { title: t('title'), robots: { index: false } }
}

/** The account of a listener; a member of a church has settings of their own as well. */
export default async function ListenerAccountPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireActor('/account')
  const { error } = await readPageQuery('/account', searchParams)
  const t = await readTranslations('listenerAccount')
  const isMember = homeOf(actor) === '/dashboard'
  return (
    <div className="page py-8 md:py-10">
      <div className="mx-auto flex max-w-2xl flex-col gap-6">
        <div>
          <h1 className="title text-2xl md:text-3xl">{t('title')}</h1>
          <p className="mt-1 text-soft wrap-anywhere">{t('signedInAs', { email: actor.email })}</p>
          <p className="mt-3 text-soft">
            {t.rich('introduction', {
              link: (text) => (
                <Link href="/library" className="font-medium text-accent underline underline-offset-4">
                  {text}
                </Link>
              ),
            })}
          </p>
        </div>
        <ClientMessages areas={['listenerAccount']}>
          <Panel title={t('signOut')}>
            <SignOutForm />
          </Panel>
          <Panel title={t('password')}>
            {isMember ? (
              <p className="text-sm text-soft">
                {t.rich('passwordOfMember', {
                  link: (text) => (
                    <Link
                      href="/dashboard/settings/account"
                      className="font-medium text-accent underline underline-offset-4"
                    >
                      {text}
                    </Link>
                  ),
                })}
              </p>
            ) : (
              <>
                <p className="mb-4 text-sm text-soft">{t('passwordText')}</p>
                <ChoosePasswordForm email={actor.email} />
              </>
            )}
          </Panel>
          <Panel title={t('export')}>
            <p className="mb-4 text-sm text-soft">{t('exportText')}</p>
            <a href="/api/v1/me/export" download className={buttonClass()}>
              <Download aria-hidden size={18} />
              {t('download')}
            </a>
          </Panel>
          <Panel title={t('deleteTitle')}>
            <p className="mb-4 text-sm text-soft">{t(isMember ? 'deleteOfMember' : 'deleteText')}</p>
            {isMember ? null : (
              <DeleteAccount
                error={error ? t(error === 'bad_request' ? 'wrongEmail' : 'deleteFailed') : null}
              />
            )}
          </Panel>
        </ClientMessages>
      </div>
    </div>
  )
}
