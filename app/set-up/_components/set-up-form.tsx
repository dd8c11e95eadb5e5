'use client'

import { useSessionForm } from '#components/api/use-session-form.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/field.tsx'
import { Notice } from '#components/ui/notice.tsx'

/** Creates the owner's account and names the church. */
export function SetUpForm({ token }: { token: string }) {
  const t = useTranslations('setUp')
  const { message, busy, submit } = useSessionForm('/api/session/set-up', {
    extra: () => ({ timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone }),
  })

  return (
    <form method="post" action="/api/session/set-up" onSubmit={submit} className="flex flex-col gap-5">
      {message ? (
        <Notice tone="danger" live>
          {message}
        </Notice>
      ) : null}
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
      <TextField
        label={t('email')}
        name="email"
        type="email"
        autoComplete="username"
        required
        maxLength={254}
      />
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
