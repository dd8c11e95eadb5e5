'use client'

import { CircleStop, RotateCcw } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { jobsPath } from '#components/jobs/jobs-path.ts'
import { useChange } from '#components/jobs/use-change.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { showToast } from '#components/ui/toast-store.ts'

/** Retries the work of an ended run; finished steps are skipped. */
export function RetryRun({ runId, churchId }: { runId: string; churchId: string }) {
  const failureText = useFailureText()
  const router = useRouter()
  const [busy, setBusy] = useState(false)

  async function retry() {
    setBusy(true)
    try {
      const started = await callApi('POST', jobsPath(`/api/v1/runs/${runId}/retry`, { church: churchId }))
      showToast('Retrying. Finished steps are skipped.')
      const isRun = typeof started === 'object' && started !== null && 'runId' in started
      router.push(
        jobsPath(isRun ? `/dashboard/jobs/${String(started.runId)}` : '/dashboard/jobs', {
          church: churchId,
        }),
      )
      router.refresh()
    } catch (error) {
      showToast(failureText(error), 'danger')
      setBusy(false)
    }
  }

  return (
    <Button busy={busy} icon={<RotateCcw aria-hidden size={17} />} onClick={() => void retry()}>
      Retry
    </Button>
  )
}

/** Cancels a run that has not ended, after a confirmation. */
export function CancelRun({ runId, taskId, churchId }: { runId: string; taskId: string; churchId: string }) {
  const { busy, change } = useChange()

  function cancel() {
    return change({
      path: jobsPath(`/api/v1/runs/${runId}/cancel`, { church: churchId }),
      done: 'Cancelled.',
    })
  }

  return (
    <Dialog
      title={`Cancel this run of “${taskId}”?`}
      description="It is stopped at once, with the runs it waits for. Finished steps are kept, so a retry continues from there."
      trigger={
        <Button variant="danger" busy={busy} icon={<CircleStop aria-hidden size={17} />}>
          Cancel run
        </Button>
      }
      actions={
        <>
          <DialogClose>
            <Button>Keep running</Button>
          </DialogClose>
          <DialogClose>
            <Button variant="danger" onClick={() => void cancel()}>
              Cancel run
            </Button>
          </DialogClose>
        </>
      }
    />
  )
}
