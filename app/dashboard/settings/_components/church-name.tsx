'use client'

import { useActionState, useEffect, useState } from 'react'
import { useDraft } from '#components/autosave/use-draft.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/field.tsx'
import { renameChurchAction } from '../actions.ts'

/** The name that listeners see. Only its button saves it; until then the typed name is stored in this browser. */
export function ChurchName({ name, canEdit }: { name: string; canEdit: boolean }) {
  const t = useTranslations('settings')
  const [outcome, act, busy] = useActionState(renameChurchAction, null)
  const [draft, setDraft] = useDraft('church-name')
  // An emptied field is not a draft, but it remains empty during typing.
  const [isTyped, setTyped] = useState(false)
  const text = isTyped || draft !== '' ? draft : name
  useEffect(() => {
    if (!outcome?.ok) return
    setDraft('')
    setTyped(false)
  }, [outcome, setDraft])
  return (
    <form action={act} className="flex flex-col gap-3">
      <TextField
        label={t('name')}
        name="name"
        value={text}
        onChange={(event) => {
          setTyped(true)
          setDraft(event.currentTarget.value)
        }}
        required
        maxLength={120}
        disabled={!canEdit}
        error={outcome && !outcome.ok ? outcome.message : undefined}
        autoComplete="organization"
        action={
          canEdit ? (
            <Button type="submit" busy={busy}>
              {t('save')}
            </Button>
          ) : null
        }
      />
      <p role="status" className="w-full text-xs text-ok empty:hidden">
        {text !== name && !busy ? (
          <span className="text-soft">{t('notSavedYet')}</span>
        ) : outcome?.ok ? (
          outcome.message
        ) : null}
      </p>
    </form>
  )
}
