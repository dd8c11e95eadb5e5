'use client'

import { useActionState } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { SelectField } from '#components/ui/field.tsx'
import { setSpeechModelAction } from '../actions.ts'

const MEGABYTE = 1_000_000

/** The speech model with which this machine transcribes recordings; an owner chooses it. */
export function SpeechModel({
  chosen,
  models,
  canEdit,
}: {
  /** The id of a model; empty for none. */
  chosen: string
  models: readonly { id: string; label: string; languageCount: number; sizeBytes: number }[]
  canEdit: boolean
}) {
  const t = useTranslations('settings')
  const [outcome, act, busy] = useActionState(setSpeechModelAction, null)
  const options = models.map(({ id, label, languageCount, sizeBytes }) => ({
    value: id,
    label: t('speechModelOption', {
      label,
      languages: languageCount,
      megabytes: Math.ceil(sizeBytes / MEGABYTE),
    }),
  }))
  return (
    <form action={act} className="mt-5 flex flex-col gap-3">
      <SelectField
        key={chosen}
        label={t('speechModel')}
        name="speechModel"
        defaultValue={chosen}
        options={[{ value: '', label: t('speechModelNone') }, ...options]}
        disabled={!canEdit}
        hint={t('speechModelHint')}
        error={outcome && !outcome.ok ? outcome.message : undefined}
        action={
          canEdit ? (
            <Button type="submit" busy={busy}>
              {t('saveSpeechModel')}
            </Button>
          ) : null
        }
      />
      <p role="status" className="w-full text-xs text-ok empty:hidden">
        {outcome?.ok && !busy ? outcome.message : null}
      </p>
    </form>
  )
}
