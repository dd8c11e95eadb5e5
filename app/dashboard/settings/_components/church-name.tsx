'use client'

import { useActionState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/field.tsx'
import { renameChurchAction } from '../actions.ts'

/** The name listeners see. */
export function ChurchName({ name, canEdit }: { name: string; canEdit: boolean }) {
  const [outcome, act, busy] = useActionState(renameChurchAction, null)
  return (
    <form action={act} className="flex flex-wrap items-end gap-3">
      <div className="min-w-0 flex-1 basis-64">
        <TextField
          // A saved name comes back from the server and becomes the new starting point.
          key={name}
          label="Name"
          name="name"
          defaultValue={name}
          required
          maxLength={120}
          disabled={!canEdit}
          error={outcome && !outcome.ok ? outcome.message : undefined}
          autoComplete="organization"
        />
      </div>
      {canEdit ? (
        <Button type="submit" busy={busy}>
          Save
        </Button>
      ) : null}
      <p role="status" className="w-full text-xs text-ok empty:hidden">
        {outcome?.ok ? outcome.message : null}
      </p>
    </form>
  )
}
