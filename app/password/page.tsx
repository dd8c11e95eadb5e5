import type { Metadata } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { readPageQuery, type SearchParams } from '#app/_server/page-queries.ts'
import { services } from '#app/_server/services.ts'
import { ClientMessages } from '#components/messages/client-messages.tsx'
import { readTranslations } from '#components/messages/read-translations.ts'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { findMailer } from '#lib/mail/create-mailer.ts'
import type { MessageKey } from '#lib/messages/languages.ts'
import { PasswordForm } from './_components/password-form.tsx'
import { PasswordLinkForm } from './_components/password-link-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('password')
  return {
    title: t('title'),
    robots: { index: false },
    // The address contains the secret of the link: other sites must not receive it.
    referrer: 'same-origin',
  }
}

/** The messages for the error codes in the address, after the form was sent without JavaScript. */
const failures: Record<string, MessageKey<'password'>> = {
  bad_request: 'wrongEmail',
  rate_limited: 'tooMany',
}

/** Chooses a password with the link of a mail, or requests such a mail. */
export default async function PasswordPage({ searchParams }: { searchParams: SearchParams }) {
  const [t, { token, kind, sent, error }] = await Promise.all([
    readTranslations('password'),
    readPageQuery('/password', searchParams),
  ])
  if (token && kind) {
    return (
      <Form title={t('title')} introduction={t('introduction')}>
        <PasswordForm token={token} kind={kind} />
      </Form>
    )
  }
  if (token || kind) return <Explanation title={t('incompleteTitle')} text={t('incompleteText')} />
  if (sent) return <Explanation title={t('sentTitle')} text={t('sentText')} />
  if (!findMailer(services().env)) return <Explanation title={t('noMailTitle')} text={t('noMailText')} />
  return (
    <Form
      title={t('forgotTitle')}
      introduction={t.rich('forgotText', {
        link: (text) => (
          <Link href="/sign-in/link" className="font-medium text-accent underline underline-offset-4">
            {text}
          </Link>
        ),
      })}
    >
      <PasswordLinkForm error={error ? t(failures[error] ?? 'failed') : null} />
    </Form>
  )
}

function Form({
  title,
  introduction,
  children,
}: {
  title: string
  introduction: ReactNode
  children: ReactNode
}) {
  return (
    <div className="page py-12">
      <div className="mx-auto w-full max-w-md">
        <h1 className="title text-2xl">{title}</h1>
        <p className="mt-2 mb-8 text-base text-soft">{introduction}</p>
        <ClientMessages areas={['password']}>{children}</ClientMessages>
      </div>
    </div>
  )
}

function Explanation({ title, text }: { title: string; text: string }) {
  return (
    <div className="page py-10">
      <EmptyState level={1} title={title}>
        {text}
      </EmptyState>
    </div>
  )
}
