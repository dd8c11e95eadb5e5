'use client'

import { useTranslations } from '#components/messages/use-translations.ts'
import { EmailField, NewPasswordField } from '#components/session/account-fields.tsx'
import { SessionForm } from '#components/session/session-form.tsx'
import { useSessionForm } from '#components/session/use-session-form.ts'
import { TextField } from '#components/ui/field.tsx'

/** Creates the owner's account and names the church. */
export function SetUpForm({ token }: { token: string }) {
  const t = useTranslations('setUp')
  const form = useSessionForm('/api/session/set-up', {
    extra: () => ({ timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone }),
  })

  return (
    <SessionForm form={form} submitLabel={t('submit')}>
      <input type="hidden" name="token" value={token} />
      <TextField
        label={t('churchName')}
        name="churchName"
        autoComplete="organization"
        required
        maxLength={120}
        hint={t('churchNameHint')}
      />
      <TextField label={t('yourName')} name="displayName" autoComplete="name" required maxLength={120} />
      <EmailField label={t('email')} />
      <NewPasswordField label={t('password')} hint={t('passwordHint')} />
    </SessionForm>
  )
}
