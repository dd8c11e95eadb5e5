'use client'

import { type FormEvent, useState } from 'react'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { forgetListener } from '#components/player/device-owner.ts'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/field.tsx'
import { Notice } from '#components/ui/notice.tsx'

const path = '/api/session/delete-account'

/** Deletes the account when its address was typed. `error` says why it failed when it was sent without JavaScript. */
export function DeleteAccount({ error }: { error: string | null }) {
  const t = useTranslations('listenerAccount')
  const failureText = useFailureText()
  const [message, setMessage] = useState(error)
  const [isBusy, setIsBusy] = useState(false)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const fields = Object.fromEntries(new FormData(event.currentTarget))
    setIsBusy(true)
    setMessage(null)
    try {
      await callApi('POST', path, fields)
      forgetListener()
      // A full page load, because every part of the page may differ for a visitor.
      window.location.assign('/')
    } catch (failure) {
      setMessage(failureText(failure))
      setIsBusy(false)
    }
  }

  return (
    <form method="post" action={path} onSubmit={submit} className="flex flex-col gap-4">
      {message ? (
        <Notice tone="danger" live>
          {message}
        </Notice>
      ) : null}
      <TextField
        label={t('typeEmail')}
        name="email"
        type="email"
        autoComplete="off"
        required
        maxLength={254}
      />
      <div>
        <Button type="submit" variant="danger" busy={isBusy}>
          {t('delete')}
        </Button>
      </div>
    </form>
  )
}
