'use client'

import { type FormEvent, useState } from 'react'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/field.tsx'
import { Notice } from '#components/ui/notice.tsx'

/** A form that works without JavaScript; with it, an error keeps what was typed. */
export function SignInForm({ next, error }: { next: string; error: string | null }) {
  const failureText = useFailureText()
  const t = useTranslations('signIn')
  const [message, setMessage] = useState(error)
  const [busy, setBusy] = useState(false)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = event.currentTarget
    const { email, password } = Object.fromEntries(new FormData(form))
    setBusy(true)
    setMessage(null)
    try {
      const answer = await callApi('POST', '/api/session', { email, password, next })
      const destination =
        typeof answer === 'object' && answer !== null && 'destination' in answer ? answer.destination : null
      // A full page load, because every part of the page may differ for a signed-in person.
      window.location.assign(typeof destination === 'string' ? destination : '/dashboard')
    } catch (failure) {
      setMessage(failureText(failure))
      setBusy(false)
      form.querySelector<HTMLInputElement>('input[name=password]')?.select()
    }
  }

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
      <Button type="submit" variant="primary" busy={busy}>
        {t('submit')}
      </Button>
    </form>
  )
}
