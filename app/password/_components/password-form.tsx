'use client'

import { type FormEvent, useState } from 'react'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/field.tsx'
import { Notice } from '#components/ui/notice.tsx'

/** Chooses a password with the link of an invitation or a reset. */
export function PasswordForm({ token, kind }: { token: string; kind: 'invite' | 'recovery' }) {
  const failureText = useFailureText()
  const t = useTranslations('password')
  const [message, setMessage] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    setBusy(true)
    setMessage(null)
    try {
      await callApi('POST', '/api/session/password', Object.fromEntries(new FormData(event.currentTarget)))
      window.location.assign('/dashboard')
    } catch (failure) {
      setMessage(failureText(failure))
      setBusy(false)
    }
  }

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
