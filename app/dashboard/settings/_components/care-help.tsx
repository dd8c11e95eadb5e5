'use client'

import { useTranslations } from '#components/messages/use-translations.ts'
import { setCareHelpAction } from '../question-actions.ts'
import { SettingsText } from './settings-text.tsx'

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
  return (
    <div className="mt-5">
      <SettingsText
        action={setCareHelpAction}
        name="careHelp"
        label={t('careHelp')}
        hint={t('careHelpHint', { opening })}
        value={careHelp ?? ''}
        placeholder={preset}
        maxLength={1000}
        saveLabel={t('saveCareHelp')}
        canEdit={canEdit}
      />
    </div>
  )
}
