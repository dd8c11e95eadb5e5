'use client'

import { useActionState } from 'react'
import type { Outcome } from '#app/_server/form-outcome.ts'
import { Button } from '#components/ui/button.tsx'
import { SelectField } from '#components/ui/field.tsx'

/** A setting that is chosen from a list, with its own button; the outcome is shown below it. */
export function SettingsSelect({
  action,
  name,
  label,
  hint,
  value,
  options,
  saveLabel,
  canEdit,
}: {
  action: (before: Outcome, form: FormData) => Promise<Outcome>
  /** The field of the form. */
  name: string
  label: string
  hint: string
  value: string
  options: { value: string; label: string }[]
  saveLabel: string
  canEdit: boolean
}) {
  const [outcome, act, busy] = useActionState(action, null)
  return (
    <form action={act} className="mt-5 flex flex-col gap-3">
      <SelectField
        key={value}
        label={label}
        name={name}
        defaultValue={value}
        options={options}
        disabled={!canEdit}
        hint={hint}
        error={outcome && !outcome.ok ? outcome.message : undefined}
        action={
          canEdit ? (
            <Button type="submit" busy={busy}>
              {saveLabel}
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
