'use client'

import { useTranslations } from '#components/messages/use-translations.ts'
import { EmailField } from '#components/session/account-fields.tsx'
import { SessionForm } from '#components/session/session-form.tsx'
import { useSessionForm } from '#components/session/use-session-form.ts'

/** Requests a mail with a link for a new password. `error` says why it failed when it was sent without JavaScript. */
export function PasswordLinkForm({ error }: { error: string | null }) {
  const t = useTranslations('password')
  const form = useSessionForm('/api/session/password-link', { first: error })

  return (
    <SessionForm form={form} submitLabel={t('sendLink')}>
      <EmailField label={t('email')} />
    </SessionForm>
  )
}
