'use client'

import { useActionState } from 'react'
import type { Outcome } from '#app/_server/form-outcome.ts'
import { Button } from '#components/ui/button.tsx'
import { TextAreaField } from '#components/ui/field.tsx'

/** A setting of several lines with its own button; the outcome is shown beside it. */
export function SettingsText({
  action,
  name,
  label,
  hint,
  value,
  placeholder,
  maxLength,
  saveLabel,
  canEdit,
}: {
  action: (before: Outcome, form: FormData) => Promise<Outcome>
  /** The field of the form. */
  name: string
  label: string
  hint: string
  value: string
  placeholder?: string
  maxLength?: number
  saveLabel: string
  canEdit: boolean
}) {
  const [outcome, act, busy] = useActionState(action, null)
  return (
    <form action={act} className="flex flex-col gap-3">
      <TextAreaField
        key={value}
        label={label}
        name={name}
        rows={5}
        maxLength={maxLength}
        defaultValue={value}
        placeholder={placeholder}
        disabled={!canEdit}
        hint={hint}
        error={outcome && !outcome.ok ? outcome.message : undefined}
      />
      {canEdit ? (
        <div>
          <Button type="submit" busy={busy}>
            {saveLabel}
          </Button>
        </div>
      ) : null}
      <p role="status" className="text-xs text-ok empty:hidden">
        {outcome?.ok ? outcome.message : null}
      </p>
    </form>
  )
}
