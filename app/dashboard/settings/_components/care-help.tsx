'use client'

import { useActionState } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { TextAreaField } from '#components/ui/field.tsx'
import { setCareHelpAction } from '../question-actions.ts'

/** Where a person can find help whose question speaks of self-harm, abuse or danger. */
export function CareHelp({
  careHelp,
  preset,
  opening,
  canEdit,
}: {
  /** The church's own text, or null. */
  careHelp: string | null
  /** The text that is used without one. */
  preset: string
  /** The sentence before either text. */
  opening: string
  canEdit: boolean
}) {
  const t = useTranslations('settings')
  const [outcome, act, busy] = useActionState(setCareHelpAction, null)
  return (
    <form action={act} className="mt-5 flex flex-col gap-3">
      <TextAreaField
        key={careHelp ?? ''}
        label={t('careHelp')}
        name="careHelp"
        rows={5}
        maxLength={1000}
        defaultValue={careHelp ?? ''}
        placeholder={preset}
        disabled={!canEdit}
        hint={t('careHelpHint', { opening })}
        error={outcome && !outcome.ok ? outcome.message : undefined}
      />
      {canEdit ? (
        <div>
          <Button type="submit" busy={busy}>
            {t('saveCareHelp')}
          </Button>
        </div>
      ) : null}
      <p role="status" className="text-xs text-ok empty:hidden">
        {outcome?.ok ? outcome.message : null}
      </p>
    </form>
  )
}
