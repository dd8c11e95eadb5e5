'use client'

import { useTranslations } from '#components/messages/use-translations.ts'
import { languageOptions } from '#components/text/language-options.ts'
import { setLanguageAction } from '../actions.ts'
import { SettingsSelect } from './settings-select.tsx'

/** The language that new sermons of the church have unless they say otherwise. */
export function ChurchLanguage({ language, canEdit }: { language: string; canEdit: boolean }) {
  const t = useTranslations('settings')
  return (
    <SettingsSelect
      action={setLanguageAction}
      name="language"
      label={t('language')}
      hint={t('languageHint')}
      value={language}
      options={languageOptions(language)}
      saveLabel={t('saveLanguage')}
      canEdit={canEdit}
    />
  )
}
