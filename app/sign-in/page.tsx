import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { currentActor } from '#app/_server/actor.ts'
import { readPageQuery, type SearchParams } from '#app/_server/page-queries.ts'
import { services } from '#app/_server/services.ts'
import { ClientMessages } from '#components/messages/client-messages.tsx'
import { readTranslations } from '#components/messages/read-translations.ts'
import { NotSetUp } from '#components/shell/not-set-up.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { homeOf } from '#lib/auth/actor.ts'
import { offersSignInLinks } from '#lib/auth/read-auth-settings.ts'
import { isSetUp } from '#lib/churches/set-up-installation.ts'
import { chooseDestination } from '#lib/http/choose-destination.ts'
import type { MessageKey } from '#lib/messages/languages.ts'
import { SignInForm } from './_components/sign-in-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('signIn')
  return { title: t('title'), robots: { index: false } }
}

/** The messages for the error codes in the address, after a form was sent without JavaScript. */
const failures: Record<string, MessageKey<'signIn'>> = {
  'auth.wrong_credentials': 'wrongCredentials',
  'auth.incomplete': 'incomplete',
  'auth.code_needed': 'codeNeeded',
  'auth.wrong_code': 'wrongCode',
  rate_limited: 'tooManyAttempts',
  unavailable: 'unavailable',
  forbidden: 'otherSite',
}

export default async function SignInPage({ searchParams }: { searchParams: SearchParams }) {
  const { next: wanted, error } = await readPageQuery('/sign-in', searchParams)
  const actor = await currentActor()
  if (actor) redirect(chooseDestination(wanted, homeOf(actor)))
  const next = chooseDestination(wanted, '')
  if (!(await isSetUp(services()))) return <NotSetUp />
  const t = await readTranslations('signIn')
  return (
    <div className="page grid grid-cols-1 min-h-[calc(100dvh-10rem)] content-center py-10">
      <div className="mx-auto w-full max-w-sm">
        <h1 className="title text-2xl">{t('title')}</h1>
        <p className="mt-2 mb-8 text-soft">{t('introduction')}</p>
        <ClientMessages areas={['signIn']}>
          <SignInForm
            next={next}
            error={error ? t(failures[error] ?? 'failed') : null}
            needsCode={error === 'auth.code_needed' || error === 'auth.wrong_code'}
          />
        </ClientMessages>
        <p className="mt-6 text-sm">
          <Link href="/password" className="text-accent underline underline-offset-4">
            {t('forgot')}
          </Link>
        </p>
        {(await offersSignInLinks(services().env)) ? (
          <div className="mt-10 border-t border-line pt-6">
            <h2 className="title text-lg">{t('listenersTitle')}</h2>
            <p className="mt-1 mb-4 text-soft">{t('listenersText')}</p>
            <ButtonLink href={next ? `/sign-in/link?next=${encodeURIComponent(next)}` : '/sign-in/link'}>
              {t('useLink')}
            </ButtonLink>
          </div>
        ) : null}
      </div>
    </div>
  )
}
