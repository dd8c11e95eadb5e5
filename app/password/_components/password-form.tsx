'use client'

import { useTranslations } from '#components/messages/use-translations.ts'
import { NewPasswordField } from '#components/session/account-fields.tsx'
import { SessionForm } from '#components/session/session-form.tsx'
import { useSessionForm } from '#components/session/use-session-form.ts'

/** Sets a password with the link of an invitation or a reset. */
export function PasswordForm({ token, kind }: { token: string; kind: 'invite' | 'recovery' }) {
  const t = useTranslations('password')
  const form = useSessionForm('/api/session/password')

  return (
    <SessionForm form={form} submitLabel={t('submit')}>
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="kind" value={kind} />
      <NewPasswordField label={t('password')} hint={t('passwordHint')} />
    </SessionForm>
  )
}
