'use client'

import { useId } from 'react'
import { TextAreaField, TextField } from '#components/ui/field.tsx'
import { sermonTextLimits } from '#lib/sermons/sermon-text-limits.ts'
import type { KnownNames } from './guess-metadata.ts'
import type { SermonFields } from './sermon-fields.ts'

/** The fields of a sermon, with suggestions from what the church has used before. */
export function SermonForm({
  fields,
  known,
  onChange,
  disabled = false,
  withDescription = false,
  shortened = [],
}: {
  fields: SermonFields
  known: KnownNames
  onChange: (patch: Partial<SermonFields>) => void
  disabled?: boolean
  withDescription?: boolean
  /** Fields whose tag in the file was too long. */
  shortened?: readonly (keyof SermonFields)[]
}) {
  const id = useId()
  const textOf = (field: keyof typeof sermonTextLimits) => ({
    value: fields[field],
    disabled,
    maxLength: sermonTextLimits[field],
    ...(shortened.includes(field) ? { hint: 'Shortened from the text in the file. Check it.' } : {}),
  })
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <div className="sm:col-span-2">
        <TextField
          label="Title"
          {...textOf('title')}
          required
          error={fields.title.trim() === '' && !disabled ? 'Give the sermon a title.' : undefined}
          onChange={(event) => onChange({ title: event.currentTarget.value })}
        />
      </div>
      <TextField
        label="Speaker"
        {...textOf('speaker')}
        list={`${id}-speakers`}
        autoComplete="off"
        onChange={(event) => onChange({ speaker: event.currentTarget.value })}
      />
      <TextField
        label="Series"
        {...textOf('series')}
        list={`${id}-series`}
        autoComplete="off"
        onChange={(event) => onChange({ series: event.currentTarget.value })}
      />
      <TextField
        label="Scripture"
        {...textOf('scripture')}
        placeholder="John 3:1–16"
        onChange={(event) => onChange({ scripture: event.currentTarget.value })}
      />
      <TextField
        label="Preached on"
        type="date"
        value={fields.preachedOn}
        disabled={disabled}
        onChange={(event) => onChange({ preachedOn: event.currentTarget.value })}
      />
      {withDescription ? (
        <div className="sm:col-span-2">
          <TextAreaField
            label="Description"
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
