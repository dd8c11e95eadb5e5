'use client'

import { useId } from 'react'
import { useLanguage } from '#components/messages/use-language.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { languageName, languageOptions } from '#components/text/language-options.ts'
import { textIn } from '#components/text/text-in.ts'
import { Button } from '#components/ui/button.tsx'
import { SelectField, TextAreaField, TextField } from '#components/ui/field.tsx'
import { formatDay } from '#lib/dates/format-date.ts'
import type { UsedNames } from '#lib/sermons/list-known-names.ts'
import { readTopics, type SermonFields, writeTopics } from '#lib/sermons/sermon-fields.ts'
import { sermonTextLimits } from '#lib/sermons/sermon-text-limits.ts'
import { ScriptureField } from './scripture-field.tsx'
import { TopicsField } from './topics-field.tsx'

/** The fields of a sermon, with suggestions from what the church has used before. */
export function SermonForm({
  fields,
  known,
  onChange,
  disabled = false,
  isWhole = false,
  suggestedTopics = [],
  churchLanguage,
  shortened = [],
  offeredDates = [],
}: {
  fields: SermonFields
  known: UsedNames
  onChange: (patch: Partial<SermonFields>) => void
  disabled?: boolean
  /** Also the topics and the description, which an upload does not ask for. */
  isWhole?: boolean
  /** Topics that the text speaks of. */
  suggestedTopics?: readonly string[]
  /** The language of a sermon that gives none; absent where the sermon has one already. */
  churchLanguage?: string
  /** Fields with a tag in the file that was too long. */
  shortened?: readonly (keyof SermonFields)[]
  /** The days that doubtful figures in the file name can mean. */
  offeredDates?: readonly string[]
}) {
  const t = useTranslations('upload')
  const failures = useTranslations('failures')
  const language = useLanguage()
  const id = useId()
  const textOf = (field: Exclude<keyof typeof sermonTextLimits, 'topic'>) => ({
    value: fields[field],
    ...textIn(fields.language),
    disabled,
    maxLength: sermonTextLimits[field],
    ...(shortened.includes(field) ? { hint: t('shortened') } : {}),
  })
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
      <div className="sm:col-span-2">
        <TextField
          label={t('title')}
          {...textOf('title')}
          required
          error={fields.title.trim() === '' && !disabled ? failures('titleMissing') : undefined}
          onChange={(event) => onChange({ title: event.currentTarget.value })}
        />
      </div>
      <TextField
        label={t('speaker')}
        {...textOf('speaker')}
        list={`${id}-speakers`}
        autoComplete="off"
        onChange={(event) => onChange({ speaker: event.currentTarget.value })}
      />
      <TextField
        label={t('series')}
        {...textOf('series')}
        list={`${id}-series`}
        autoComplete="off"
        onChange={(event) => onChange({ series: event.currentTarget.value })}
      />
      <ScriptureField {...textOf('scripture')} onChange={(scripture) => onChange({ scripture })} />
      <TextField
        label={t('preachedOn')}
        type="date"
        value={fields.preachedOn}
        disabled={disabled}
        onChange={(event) => onChange({ preachedOn: event.currentTarget.value })}
      />
      {fields.preachedOn === '' && offeredDates.length > 0 && !disabled ? (
        <div className="flex flex-wrap items-center gap-2 text-sm text-soft sm:col-span-2">
          <span>{t('offeredDates')}</span>
          {offeredDates.map((day) => (
            <Button key={day} size="sm" variant="quiet" onClick={() => onChange({ preachedOn: day })}>
              {formatDay(day, language)}
            </Button>
          ))}
        </div>
      ) : null}
      <SelectField
        label={t('language')}
        value={fields.language}
        disabled={disabled}
        options={languageOptions(
          fields.language,
          churchLanguage === undefined
            ? undefined
            : t('languageOfChurch', { language: languageName(churchLanguage) }),
        )}
        onChange={(event) => onChange({ language: event.currentTarget.value })}
      />
      {isWhole ? (
        <div className="flex flex-col gap-4 sm:col-span-2">
          <TopicsField
            topics={readTopics(fields.topics)}
            known={known.topics}
            suggested={suggestedTopics}
            disabled={disabled}
            onChange={(topics) => onChange({ topics: writeTopics(topics) })}
          />
          <TextAreaField
            label={t('description')}
            rows={5}
            {...textOf('description')}
            onChange={(event) => onChange({ description: event.currentTarget.value })}
          />
        </div>
      ) : null}
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
    </div>
  )
}
