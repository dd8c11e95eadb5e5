'use client'

import { useActionState } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { CurrentPasswordField, NewPasswordField } from '#components/session/account-fields.tsx'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { changePasswordAction } from '../account-actions.ts'

/** Changes the password of the signed-in person, who gives the current one. */
export function ChangePassword({ email }: { email: string }) {
  const t = useTranslations('account')
  const [outcome, act, busy] = useActionState(changePasswordAction, null)
  return (
    <form action={act} className="flex flex-col gap-4">
      {outcome ? (
        <Notice tone={outcome.ok ? 'ok' : 'danger'} live>
          {outcome.message}
        </Notice>
      ) : null}
      {/* Password managers need the name of the account. */}
      <input type="hidden" name="email" autoComplete="username" value={email} readOnly />
      <CurrentPasswordField label={t('currentPassword')} name="current" />
      <NewPasswordField label={t('newPassword')} hint={t('newPasswordHint')} />
      <div>
        <Button type="submit" busy={busy}>
          {t('changePassword')}
        </Button>
      </div>
    </form>
  )
}
