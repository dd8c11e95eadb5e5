'use client'

import { useActionState } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { languageOptions } from '#components/text/language-options.ts'
import { Button } from '#components/ui/button.tsx'
import { SelectField } from '#components/ui/field.tsx'
import { setLanguageAction } from '../actions.ts'

/** The language that new sermons of the church have unless they say otherwise. */
export function ChurchLanguage({ language, canEdit }: { language: string; canEdit: boolean }) {
  const t = useTranslations('settings')
  const [outcome, act, busy] = useActionState(setLanguageAction, null)
  return (
    <form action={act} className="mt-5 flex flex-col gap-3">
      <SelectField
        key={language}
        label={t('language')}
        name="language"
        defaultValue={language}
        options={languageOptions(language)}
        disabled={!canEdit}
        hint={t('languageHint')}
        error={outcome && !outcome.ok ? outcome.message : undefined}
        action={
          canEdit ? (
            <Button type="submit" busy={busy}>
              {t('saveLanguage')}
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
