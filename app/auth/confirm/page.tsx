import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { readPageQuery, type SearchParams } from '#app/_server/page-queries.ts'
import { ClientMessages } from '#components/messages/client-messages.tsx'
import { readTranslations } from '#components/messages/read-translations.ts'
import { ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { chooseDestination } from '#lib/http/choose-destination.ts'
import { OpenLinkForm } from './_components/open-link-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('signInLink')
  return {
    title: t('title'),
    robots: { index: false },
    // The address contains the secret of the link: other sites must not receive it.
    referrer: 'same-origin',
  }
}

/** A path, also when the email names the whole address. */
const pathOf = (next: string) => {
  if (!URL.canParse(next)) return next
  const { pathname, search } = new URL(next)
  return pathname === '/' ? '' : pathname + search
}

/**
 * The page of a sign-in link. Opening it changes nothing: mail programs open links to look at them, and the link works
 * once.
 */
export default async function ConfirmPage({ searchParams }: { searchParams: SearchParams }) {
  const [t, { token_hash: token, type, next }] = await Promise.all([
    readTranslations('signInLink'),
    readPageQuery('/auth/confirm', searchParams),
  ])
  if (token !== undefined && (type === 'invite' || type === 'recovery')) {
    redirect(`/password?${new URLSearchParams({ token, kind: type })}`)
  }
  if (token === undefined || type === undefined) {
    return (
      <div className="page py-10">
        <EmptyState
          level={1}
          title={t('incompleteTitle')}
          action={<ButtonLink href="/sign-in/link">{t('sendAgain')}</ButtonLink>}
        >
          {t('incomplete')}
        </EmptyState>
      </div>
    )
  }
  return (
    <div className="page grid grid-cols-1 min-h-[calc(100dvh-10rem)] content-center py-10">
      <div className="mx-auto w-full max-w-sm">
        <h1 className="title text-2xl">{t('title')}</h1>
        <p className="mt-2 mb-8 text-soft">{t('openText')}</p>
        <ClientMessages areas={['signInLink']}>
          <OpenLinkForm token={token} type={type} next={chooseDestination(pathOf(next ?? ''), '')} />
        </ClientMessages>
      </div>
    </div>
  )
}
