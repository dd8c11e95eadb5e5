'use client'

import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { jobsPath } from './jobs-path.ts'
import { useChange } from './use-change.ts'

/** Discards one dead letter, or all open ones of a kind, permanently. */
export function DiscardDeadLetters({
  target,
  count,
  churchId,
  label,
}: {
  target: { letterId: string } | { fingerprint: string }
  count: number
  churchId: string
  label?: string
}) {
  const { busy, change } = useChange()
  const isOne = 'letterId' in target
  const what = isOne ? 'this letter' : `${count} ${count === 1 ? 'letter' : 'letters'}`

  function discard() {
    const path = isOne ? `/api/v1/dead-letters/${target.letterId}/discard` : '/api/v1/dead-letters/discard'
    const body = isOne ? {} : { ...target }
    return change({ path: jobsPath(path, { church: churchId }), body, done: 'Discarded.' })
  }

  return (
    <Dialog
      title={`Discard ${what}?`}
      description="The work is not done again. Letters stay on record for a year, and so does who discarded them."
      trigger={
        <Button size="sm" variant="quiet" busy={busy}>
          {isOne ? 'Discard' : 'Discard all'}
          {label ? <span className="sr-only"> {label}</span> : null}
        </Button>
      }
      actions={
        <>
          <DialogClose>
            <Button>Keep {isOne || count === 1 ? 'it' : 'them'}</Button>
          </DialogClose>
          <DialogClose>
            <Button variant="danger" onClick={() => void discard()}>
              Discard {what}
            </Button>
          </DialogClose>
        </>
      }
    />
  )
}
