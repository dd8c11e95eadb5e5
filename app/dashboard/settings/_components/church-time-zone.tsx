'use client'

import { useActionState, useEffect, useId, useState, useSyncExternalStore } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/field.tsx'
import { setTimeZoneAction } from '../actions.ts'

const never = () => () => undefined
const zoneOfBrowser = () => Intl.DateTimeFormat().resolvedOptions().timeZone

/** The zone in which the church reads and enters times, and the zone of this browser if it is another one. */
export function ChurchTimeZone({
  timeZone,
  zones,
  canEdit,
}: {
  timeZone: string
  zones: readonly string[]
  canEdit: boolean
}) {
  const t = useTranslations('settings')
  const [outcome, act, busy] = useActionState(setTimeZoneAction, null)
  const [typed, setText] = useState<string | null>(null)
  const text = typed ?? timeZone
  useEffect(() => {
    if (outcome?.ok) setText(null)
  }, [outcome])
  // The server does not have the zone of the browser.
  const here = useSyncExternalStore(never, zoneOfBrowser, () => null)
  const listId = useId()
  return (
    <form action={act} className="mt-5 flex flex-col gap-3">
      <div>
        <TextField
          label={t('timeZone')}
          name="timeZone"
          value={text}
          list={listId}
          onChange={(event) => setText(event.currentTarget.value)}
          required
          maxLength={64}
          disabled={!canEdit}
          hint={t('timeZoneHint')}
          error={outcome && !outcome.ok ? outcome.message : undefined}
          autoComplete="off"
          spellCheck={false}
          action={
            canEdit ? (
              <Button type="submit" busy={busy}>
                {t('saveTimeZone')}
              </Button>
            ) : null
          }
        />
        <datalist id={listId}>
          {zones.map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
      </div>
      {canEdit && here !== null && here !== text ? (
        <p className="flex w-full flex-wrap items-center gap-x-3 gap-y-2 text-sm text-soft">
          {t('timeZoneHere', { zone: here })}
          <Button size="sm" onClick={() => setText(here)}>
            {t('useTimeZone', { zone: here })}
          </Button>
        </p>
      ) : null}
      <p role="status" className="w-full text-xs text-ok empty:hidden">
        {text !== timeZone && !busy ? (
          <span className="text-soft">{t('notSavedYet')}</span>
        ) : outcome?.ok ? (
          outcome.message
        ) : null}
      </p>
    </form>
  )
}
