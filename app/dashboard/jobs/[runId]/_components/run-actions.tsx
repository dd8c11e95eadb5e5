'use client'

import { CircleStop, RotateCcw } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { callApi } from '#components/api/call-api.ts'
import { useChange } from '#components/api/use-change.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { jobsPath } from '#components/jobs/jobs-path.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { showToast } from '#components/ui/toast-store.ts'
import { findNewRun } from './find-new-run.ts'

/** Retries the work of an ended run and opens the new run; finished steps are skipped. */
export function RetryRun({ runId, churchId }: { runId: string; churchId: string }) {
  const t = useTranslations('jobs')
  const failureText = useFailureText()
  const router = useRouter()
  const [busy, setBusy] = useState(false)

  async function retry() {
    setBusy(true)
    try {
      const started = await callApi('POST', jobsPath(`/api/v1/runs/${runId}/retry`, { church: churchId }))
      showToast(t('retrying'))
      const newRunId = await findNewRun(started, { church: churchId })
      router.push(
        jobsPath(newRunId ? `/dashboard/jobs/${newRunId}` : '/dashboard/jobs', {
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
      {t('retry')}
    </Button>
  )
}

/** Cancels a run that has not ended, after a confirmation. */
export function CancelRun({ runId, taskId, churchId }: { runId: string; taskId: string; churchId: string }) {
  const t = useTranslations('jobs')
  const { busy, change } = useChange()

  function cancel() {
    return change({
      path: jobsPath(`/api/v1/runs/${runId}/cancel`, { church: churchId }),
      done: t('cancelled'),
    })
  }

  return (
    <ConfirmDialog
      title={t('cancelRunTitle', { task: taskId })}
      description={t('cancelRunText')}
      trigger={
        <Button variant="danger" busy={busy} icon={<CircleStop aria-hidden size={17} />}>
          {t('cancelRun')}
        </Button>
      }
      keep={t('keepRunning')}
      confirm={t('cancelRun')}
      onConfirm={() => void cancel()}
    />
  )
}
