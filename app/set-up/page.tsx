import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { readPageQuery, type SearchParams } from '#app/_server/page-queries.ts'
import { services } from '#app/_server/services.ts'
import { ClientMessages } from '#components/messages/client-messages.tsx'
import { readTranslations } from '#components/messages/read-translations.ts'
import { NotSetUp } from '#components/shell/not-set-up.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { isSetUp, isSetUpToken } from '#lib/churches/set-up-installation.ts'
import { SetUpForm } from './_components/set-up-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('setUp')
  return {
    title: t('title'),
    robots: { index: false },
    // The address contains the secret of the link: other sites must not receive it.
    referrer: 'same-origin',
  }
}

export default async function SetUpPage({ searchParams }: { searchParams: SearchParams }) {
  if (await isSetUp(services())) redirect('/sign-in')
  const [t, { token }] = await Promise.all([
    readTranslations('setUp'),
    readPageQuery('/set-up', searchParams),
  ])
  if (token === undefined) return <NotSetUp />
  if (!(await isSetUpToken(services(), { token }))) {
    return (
      <div className="page py-10">
        <EmptyState level={1} title={t('expiredTitle')}>
          {t('expiredText')}
        </EmptyState>
      </div>
    )
  }
  return (
    <div className="page py-12">
      <div className="mx-auto w-full max-w-md">
        <h1 className="title text-2xl">{t('welcome')}</h1>
        <p className="mt-2 mb-8 text-base text-soft">{t('introduction')}</p>
        <ClientMessages areas={['setUp']}>
          <SetUpForm token={token} />
        </ClientMessages>
      </div>
    </div>
  )
}
