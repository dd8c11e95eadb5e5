'use client'

import { useSessionForm } from '#components/api/use-session-form.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/field.tsx'
import { Notice } from '#components/ui/notice.tsx'

/** A form that works without JavaScript; with it, an error keeps what was typed. */
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
  const { message, code, busy, submit } = useSessionForm('/api/session', { first: error })

  const asksForCode = needsCode || code === 'auth.code_needed' || code === 'auth.wrong_code'

  return (
    <form method="post" action="/api/session" onSubmit={submit} className="flex flex-col gap-5">
      {message ? (
        <Notice tone="danger" live>
          {message}
        </Notice>
      ) : null}
      <input type="hidden" name="next" value={next} />
      <TextField
        label={t('email')}
        name="email"
        type="email"
        autoComplete="username"
        required
        maxLength={320}
      />
      <TextField
        label={t('password')}
        name="password"
        type="password"
        autoComplete="current-password"
        required
        maxLength={1000}
      />
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
      <Button type="submit" variant="primary" busy={busy}>
        {t('submit')}
      </Button>
    </form>
  )
}
