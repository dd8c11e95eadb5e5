'use client'

import { useActionState } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/field.tsx'
import { setQuestionDaysAction } from '../question-actions.ts'

/** How many days the questions of listeners are kept. */
export function QuestionDays({ keepDays, canEdit }: { keepDays: number; canEdit: boolean }) {
  const t = useTranslations('settings')
  const [outcome, act, busy] = useActionState(setQuestionDaysAction, null)
  return (
    <form action={act}>
      <TextField
        key={keepDays}
        label={t('questionDays')}
        name="keepDays"
        type="number"
        min={1}
        max={3650}
        defaultValue={keepDays}
        required
        disabled={!canEdit}
        hint={t('questionDaysHint')}
        error={outcome && !outcome.ok ? outcome.message : undefined}
        action={
          canEdit ? (
            <Button type="submit" busy={busy}>
              {t('save')}
            </Button>
          ) : null
        }
      />
      <p role="status" className="mt-2 text-xs text-ok empty:hidden">
        {outcome?.ok ? outcome.message : null}
      </p>
    </form>
  )
}
