import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { currentActor } from '#app/_server/actor.ts'
import { readPageQuery, type SearchParams } from '#app/_server/page-queries.ts'
import { services } from '#app/_server/services.ts'
import { ClientMessages } from '#components/messages/client-messages.tsx'
import { readTranslations } from '#components/messages/read-translations.ts'
import { ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { homeOf } from '#lib/auth/actor.ts'
import { offersSignInLinks } from '#lib/auth/read-auth-settings.ts'
import { chooseDestination } from '#lib/http/choose-destination.ts'
import type { MessageKey } from '#lib/messages/languages.ts'
import { LinkForm } from './_components/link-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('signInLink')
  return { title: t('title'), robots: { index: false } }
}

/** The messages for the error codes in the address, after a form was sent without JavaScript. */
const failures: Record<string, MessageKey<'signInLink'>> = {
  'auth.too_many_links': 'tooMany',
  'auth.link_expired': 'expired',
  'auth.link_incomplete': 'incomplete',
  'auth.link_not_enough': 'notEnough',
  bad_request: 'wrongEmail',
  unavailable: 'unavailable',
}

/** A listener signs in with a link that is sent to them. */
export default async function SignInLinkPage({ searchParams }: { searchParams: SearchParams }) {
  const { next: wanted, error, sent } = await readPageQuery('/sign-in/link', searchParams)
  const actor = await currentActor()
  if (actor) redirect(chooseDestination(wanted, homeOf(actor)))
  const t = await readTranslations('signInLink')
  if (!(await offersSignInLinks(services().env))) {
    return (
      <div className="page py-10">
        <EmptyState
          level={1}
          title={t('notOfferedTitle')}
          action={<ButtonLink href="/library">{t('openLibrary')}</ButtonLink>}
        >
          {t('notOfferedText')}
        </EmptyState>
      </div>
    )
  }
  if (sent) {
    return (
      <div className="page py-10">
        <EmptyState
          level={1}
          title={t('sentTitle')}
          action={<ButtonLink href="/sign-in/link">{t('sendAgain')}</ButtonLink>}
        >
          {t('sentText')}
        </EmptyState>
      </div>
    )
  }
  return (
    <div className="page grid grid-cols-1 min-h-[calc(100dvh-10rem)] content-center py-10">
      <div className="mx-auto w-full max-w-sm">
        <h1 className="title text-2xl">{t('title')}</h1>
        <p className="mt-2 mb-8 text-soft">{t('introduction')}</p>
        <ClientMessages areas={['signInLink']}>
          <LinkForm
            next={chooseDestination(wanted, '')}
            error={error ? t(failures[error] ?? 'failed') : null}
          />
        </ClientMessages>
        <p className="mt-6 text-sm text-soft">
          {t.rich('usePassword', {
            link: (text) => (
              <Link href="/sign-in" className="font-medium text-accent underline underline-offset-4">
                {text}
              </Link>
            ),
          })}
        </p>
      </div>
    </div>
  )
}
