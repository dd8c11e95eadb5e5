'use client'

import { useActionState, useEffect, useId, useRef } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { languageOptions } from '#components/text/language-options.ts'
import { Button } from '#components/ui/button.tsx'
import { SelectField, TextAreaField, TextField } from '#components/ui/field.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { KnownNames } from '#lib/sermons/guess-metadata.ts'
import { sermonTextLimits } from '#lib/sermons/sermon-text-limits.ts'
import { addTextAction } from '../add-text-action.ts'

/** The details and the text of a sermon: pasted, or as a file. */
export function AddTextForm({ known }: { known: KnownNames }) {
  const t = useTranslations('addText')
  const [state, act, isBusy] = useActionState(addTextAction, null)
  const id = useId()
  const refusal = useRef<HTMLDivElement>(null)
  // It may be far above the button.
  useEffect(() => {
    if (state) refusal.current?.focus()
  }, [state])
  const field = (name: 'title' | 'speaker' | 'series' | 'scripture') => ({
    label: t(name),
    name,
    maxLength: sermonTextLimits[name],
    defaultValue: state?.values[name] ?? '',
    autoComplete: 'off',
    dir: 'auto',
  })
  return (
    <form action={act} className="grid max-w-3xl grid-cols-1 gap-4 sm:grid-cols-2">
      {state ? (
        <div ref={refusal} tabIndex={-1} data-quiet-focus className="sm:col-span-2">
          <Notice tone="danger" live>
            {state.message}
          </Notice>
        </div>
      ) : null}
      <div className="sm:col-span-2">
        <TextField {...field('title')} required />
      </div>
      <TextField {...field('speaker')} list={`${id}-speakers`} />
      <TextField {...field('series')} list={`${id}-series`} />
      <TextField {...field('scripture')} placeholder={t('scriptureExample')} />
      <TextField
        label={t('preachedOn')}
        name="preachedOn"
        type="date"
        defaultValue={state?.values.preachedOn ?? ''}
      />
      <SelectField
        label={t('language')}
        name="language"
        // A form that was sent starts again: only then is a default value read again.
        key={state?.values.language}
        defaultValue={state?.values.language ?? ''}
        options={languageOptions('', t('languageFromText'))}
      />
      <div className="sm:col-span-2">
        <TextAreaField
          label={t('text')}
          name="text"
          dir="auto"
          rows={14}
          defaultValue={state?.values.text ?? ''}
        />
      </div>
      <div className="sm:col-span-2">
        <TextField
          label={t('file')}
          name="file"
          type="file"
          accept=".txt,.md,.docx,.odt,text/plain,text/markdown"
          hint={t('fileHint')}
          className="py-2.5"
        />
      </div>
      <label className="flex min-h-11 items-center gap-3 text-sm sm:col-span-2">
        <input type="checkbox" name="publish" value="yes" className="size-5 accent-accent" />
        {t('publish')}
      </label>
      <div className="sm:col-span-2">
        <Button type="submit" variant="primary" busy={isBusy}>
          {t('add')}
        </Button>
      </div>
      <datalist id={`${id}-speakers`}>
        {known.speakers.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <datalist id={`${id}-series`}>
        {known.series.map((title) => (
          <option key={title} value={title} />
        ))}
      </datalist>
    </form>
  )
}
