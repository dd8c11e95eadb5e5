'use client'

import { Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { showToast } from '#components/ui/toast-store.ts'

/** Removes a sermon after asking once. */
export function RemoveSermon({ sermonId, title }: { sermonId: string; title: string }) {
  const failureText = useFailureText()
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)

  async function remove() {
    setBusy(true)
    setError(null)
    try {
      await callApi('DELETE', `/api/v1/sermons/${sermonId}`)
      showToast('Removed.')
      router.push('/dashboard')
      router.refresh()
    } catch (failure) {
      setError(failureText(failure))
      setBusy(false)
    }
  }

  return (
    <Dialog
      title="Remove this sermon?"
      description={`“${title}”, its recording, its transcript and everything made from them are removed permanently.`}
      trigger={
        <Button variant="danger" size="sm" icon={<Trash2 aria-hidden size={15} />}>
          Remove sermon
        </Button>
      }
      actions={
        <>
          <DialogClose>
            <Button>Keep it</Button>
          </DialogClose>
          <Button variant="danger" busy={busy} onClick={() => void remove()}>
            Remove
          </Button>
        </>
      }
    >
      {error ? (
        <Notice tone="danger" live>
          {error}
        </Notice>
      ) : null}
    </Dialog>
  )
}
