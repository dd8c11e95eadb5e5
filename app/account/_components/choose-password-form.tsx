'use client'

import { useActionState } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { NewPasswordField } from '#components/session/account-fields.tsx'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { choosePasswordAction } from '../listener-actions.ts'

/** Gives the account a password, which it does not need. */
export function ChoosePasswordForm({ email }: { email: string }) {
  const t = useTranslations('listenerAccount')
  const [outcome, act, busy] = useActionState(choosePasswordAction, null)
  return (
    <form action={act} className="flex flex-col gap-4">
      {outcome ? (
        <Notice tone={outcome.ok ? 'ok' : 'danger'} live>
          {outcome.message}
        </Notice>
      ) : null}
      {/* Password managers need the name of the account. */}
      <input type="hidden" name="email" autoComplete="username" value={email} readOnly />
      <NewPasswordField label={t('newPassword')} hint={t('passwordHint')} />
      <div>
        <Button type="submit" busy={busy}>
          {t('storePassword')}
        </Button>
      </div>
    </form>
  )
}
