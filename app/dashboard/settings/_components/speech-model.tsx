'use client'

import { useTranslations } from '#components/messages/use-translations.ts'
import { setSpeechModelAction } from '../actions.ts'
import { SettingsSelect } from './settings-select.tsx'

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
  const options = models.map(({ id, label, languageCount, sizeBytes }) => ({
    value: id,
    label: t('speechModelOption', {
      label,
      languages: languageCount,
      megabytes: Math.ceil(sizeBytes / MEGABYTE),
    }),
  }))
  return (
    <SettingsSelect
      action={setSpeechModelAction}
      name="speechModel"
      label={t('speechModel')}
      hint={t('speechModelHint')}
      value={chosen}
      options={[{ value: '', label: t('speechModelNone') }, ...options]}
      saveLabel={t('saveSpeechModel')}
      canEdit={canEdit}
    />
  )
}
