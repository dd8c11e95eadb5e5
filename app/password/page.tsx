import type { Metadata } from 'next'
import { readPageQuery, type SearchParams } from '#app/_server/page-queries.ts'
import { ClientMessages } from '#components/messages/client-messages.tsx'
import { readTranslations } from '#components/messages/read-translations.ts'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PasswordForm } from './_components/password-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('password')
  return {
    title: t('title'),
    robots: { index: false },
    // The address contains the secret of the link: other sites must not receive it.
    referrer: 'same-origin',
  }
}

export default async function PasswordPage({ searchParams }: { searchParams: SearchParams }) {
  const [t, { token, kind }] = await Promise.all([
    readTranslations('password'),
    readPageQuery('/password', searchParams),
  ])
  if (token === undefined || kind === undefined) {
    return (
      <div className="page py-10">
        <EmptyState level={1} title={t('incompleteTitle')}>
          {t('incompleteText')}
        </EmptyState>
      </div>
    )
  }
  return (
    <div className="page py-12">
      <div className="mx-auto w-full max-w-md">
        <h1 className="title text-2xl">{t('title')}</h1>
        <p className="mt-2 mb-8 text-base text-soft">{t('introduction')}</p>
        <ClientMessages areas={['password']}>
          <PasswordForm token={token} kind={kind} />
        </ClientMessages>
      </div>
    </div>
  )
}
