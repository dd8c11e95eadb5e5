'use client'

import { useActionState } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { languageOptions } from '#components/text/language-options.ts'
import { Button } from '#components/ui/button.tsx'
import { SelectField, TextAreaField, TextField } from '#components/ui/field.tsx'
import { podcastCategories } from '#lib/feeds/podcast-categories.ts'
import type { PodcastSettings } from '#lib/feeds/podcast-settings.ts'
import { savePodcastAction } from '../save-podcast-action.ts'

/** What podcast apps show about the church. */
export function PodcastForm({
  settings,
  about,
  canEdit,
}: {
  settings: PodcastSettings
  /** What the church says about itself on its home page, which is used without a description. */
  about: string
  canEdit: boolean
}) {
  const t = useTranslations('podcast')
  const [outcome, act, busy] = useActionState(savePodcastAction, null)
  return (
    <form action={act}>
      <fieldset disabled={!canEdit} className="flex min-w-0 flex-col gap-5">
        <TextAreaField
          label={t('description')}
          hint={t('descriptionHint')}
          name="description"
          defaultValue={settings.description}
          placeholder={about}
          maxLength={4000}
        />
        <TextField
          label={t('author')}
          hint={t('authorHint')}
          name="author"
          defaultValue={settings.author}
          maxLength={200}
        />
        <TextField
          label={t('ownerEmail')}
          hint={t('ownerEmailHint')}
          name="ownerEmail"
          type="email"
          defaultValue={settings.ownerEmail}
          maxLength={254}
        />
        <SelectField
          label={t('category')}
          name="category"
          defaultValue={settings.category}
          options={podcastCategories.map((category) => ({ value: category, label: category }))}
        />
        <SelectField
          label={t('language')}
          name="language"
          defaultValue={settings.language}
          options={languageOptions(settings.language)}
        />
        <TextField
          label={t('appleCode')}
          hint={t('appleCodeHint')}
          name="appleCode"
          defaultValue={settings.appleCode}
          maxLength={200}
        />
        <label className="flex items-center gap-2.5 text-sm">
          <input type="checkbox" name="isExplicit" defaultChecked={settings.isExplicit} className="size-5" />
          {t('isExplicit')}
        </label>
        <label className="flex items-center gap-2.5 text-sm">
          <input type="checkbox" name="isLocked" defaultChecked={settings.isLocked} className="size-5" />
          {t('isLocked')}
        </label>
        <div className="flex flex-wrap items-center gap-3">
          {canEdit ? (
            <Button type="submit" busy={busy}>
              {t('save')}
            </Button>
          ) : null}
          <p role="status" className={outcome?.ok === false ? 'text-sm text-danger' : 'text-sm text-ok'}>
            {busy ? null : outcome?.message}
          </p>
        </div>
      </fieldset>
    </form>
  )
}
