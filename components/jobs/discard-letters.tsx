'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { callApi, sentenceFor } from '#components/dashboard/call-api.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { showToast } from '#components/ui/toast-store.ts'
import { jobsPath } from './jobs-path.ts'

/** Puts one letter, or all open ones of a kind, away for good. */
export function DiscardLetters({
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
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const isOne = 'letterId' in target
  const what = isOne ? 'this letter' : `${count} ${count === 1 ? 'letter' : 'letters'}`

  async function discard() {
    setBusy(true)
    try {
      const path = isOne ? `/api/v1/dead-letters/${target.letterId}/discard` : '/api/v1/dead-letters/discard'
      await callApi('POST', jobsPath(path, { church: churchId }), isOne ? {} : { ...target })
      showToast('Discarded.')
      router.refresh()
    } catch (error) {
      showToast(sentenceFor(error), 'danger')
    } finally {
      setBusy(false)
    }
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
