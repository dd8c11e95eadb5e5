'use client'

import { useSessionForm } from '#components/api/use-session-form.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/field.tsx'
import { Notice } from '#components/ui/notice.tsx'

/** Sets a password with the link of an invitation or a reset. */
export function PasswordForm({ token, kind }: { token: string; kind: 'invite' | 'recovery' }) {
  const t = useTranslations('password')
  const { message, busy, submit } = useSessionForm('/api/session/password')

  return (
    <form method="post" action="/api/session/password" onSubmit={submit} className="flex flex-col gap-5">
      {message ? (
        <Notice tone="danger" live>
          {message}
        </Notice>
      ) : null}
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="kind" value={kind} />
      <TextField
        label={t('password')}
        name="password"
        type="password"
        autoComplete="new-password"
        required
        minLength={8}
        maxLength={72}
        hint={t('passwordHint')}
      />
      <Button type="submit" variant="primary" busy={busy}>
        {t('submit')}
      </Button>
    </form>
  )
}
