'use client'

import { type FormEvent, useRef, useState } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { forgetListener } from '#components/player/device-owner.ts'
import { Button } from '#components/ui/button.tsx'

const removeSavedSermons = () =>
  import('#components/offline/offline-store.ts').then(({ offlineStore }) => offlineStore.removeAll())

/** Signs out, and removes what this browser keeps of the listener unless they want to keep it. */
export function SignOutForm() {
  const t = useTranslations('listenerAccount')
  const [isBusy, setIsBusy] = useState(false)
  const isCleared = useRef(false)

  async function clearFirst(event: FormEvent<HTMLFormElement>) {
    const form = event.currentTarget
    if (isCleared.current || !new FormData(form).has('forget')) return
    event.preventDefault()
    const submitter = 'submitter' in event.nativeEvent ? event.nativeEvent.submitter : null
    setIsBusy(true)
    forgetListener()
    // A browser that does not open its database has saved nothing there.
    await removeSavedSermons().catch(() => undefined)
    isCleared.current = true
    form.requestSubmit(submitter instanceof HTMLElement ? submitter : null)
  }

  return (
    <form method="post" action="/api/session/sign-out" onSubmit={clearFirst}>
      <label className="flex items-start gap-3 text-sm">
        <input
          type="checkbox"
          name="forget"
          defaultChecked
          className="mt-0.5 size-5 shrink-0 accent-accent"
        />
        <span>
          <span className="font-medium">{t('forget')}</span>
          <span className="mt-0.5 block text-soft">{t('forgetHint')}</span>
        </span>
      </label>
      <div className="mt-5 flex flex-wrap gap-3">
        <Button type="submit" aria-busy={isBusy || undefined}>
          {t('signOut')}
        </Button>
        <Button type="submit" name="everywhere" value="1" variant="quiet" aria-busy={isBusy || undefined}>
          {t('signOutEverywhere')}
        </Button>
      </div>
    </form>
  )
}
