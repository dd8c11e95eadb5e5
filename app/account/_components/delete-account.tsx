'use client'

import { useActionState, useEffect } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { forgetListener } from '#components/player/device-owner.ts'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/field.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { deleteAccountAction } from '../listener-actions.ts'

/** Deletes the account when its address was typed. */
export function DeleteAccount() {
  const t = useTranslations('listenerAccount')
  const [outcome, act, busy] = useActionState(deleteAccountAction, null)
  const isDeleted = outcome?.ok ?? false
  useEffect(() => {
    if (!isDeleted) return
    forgetListener()
    // A full page load, because every part of the page may differ for a visitor.
    window.location.assign('/')
  }, [isDeleted])
  return (
    <form action={act} className="flex flex-col gap-4">
      {outcome ? (
        <Notice tone={outcome.ok ? 'ok' : 'danger'} live>
          {outcome.message}
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
        <Button type="submit" variant="danger" busy={busy || isDeleted}>
          {t('delete')}
        </Button>
      </div>
    </form>
  )
}
