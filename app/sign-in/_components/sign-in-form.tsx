'use client'

import { useTranslations } from '#components/messages/use-translations.ts'
import { CurrentPasswordField, EmailField } from '#components/session/account-fields.tsx'
import { SessionForm } from '#components/session/session-form.tsx'
import { useSessionForm } from '#components/session/use-session-form.ts'
import { TextField } from '#components/ui/field.tsx'

/** Signs in with a password, and with a code when the account has a second factor. */
export function SignInForm({
  next,
  error,
  needsCode,
}: {
  next: string
  error: string | null
  needsCode: boolean
}) {
  const t = useTranslations('signIn')
  const form = useSessionForm('/api/session', { first: error })

  const asksForCode = needsCode || form.code === 'auth.code_needed' || form.code === 'auth.wrong_code'

  return (
    <SessionForm form={form} submitLabel={t('submit')}>
      <input type="hidden" name="next" value={next} />
      <EmailField label={t('email')} />
      <CurrentPasswordField label={t('password')} />
      {asksForCode ? (
        <TextField
          label={t('code')}
          name="code"
          autoComplete="one-time-code"
          required
          maxLength={40}
          hint={t('codeHint')}
        />
      ) : null}
    </SessionForm>
  )
}
