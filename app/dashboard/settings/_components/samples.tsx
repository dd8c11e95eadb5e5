'use client'

import { useActionState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { removeSamplesAction } from '../actions.ts'

/** The sermons Selah came with, and one click to be rid of them. */
export function Samples({ count, canEdit }: { count: number; canEdit: boolean }) {
  const [outcome, act, busy] = useActionState(removeSamplesAction, null)
  return (
    <form action={act} className="flex flex-wrap items-center gap-x-5 gap-y-3">
      <p className="min-w-0 flex-1 basis-64 text-sm text-soft">
        {count === 0
          ? 'There are no sample sermons.'
          : `${count === 1 ? 'One sermon is a sample' : `${count} sermons are samples`} Selah came with, read by a computer voice, so that there is something to hear and ask at once.`}
      </p>
      {count > 0 && canEdit ? (
        <Button type="submit" variant="danger" busy={busy}>
          Remove the samples
        </Button>
      ) : null}
      {outcome ? (
        <Notice tone={outcome.ok ? 'ok' : 'danger'} live className="w-full">
          {outcome.message}
        </Notice>
      ) : null}
    </form>
  )
}
