'use client'

import { RotateCcw } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { callApi, sentenceFor } from '#components/dashboard/call-api.ts'
import { Button } from '#components/ui/button.tsx'
import { showToast } from '#components/ui/toast-store.ts'

/** Has the work of an ended run done again; what is finished is skipped. */
export function RetryRunButton({ runId }: { runId: string }) {
  const router = useRouter()
  const [busy, setBusy] = useState(false)

  async function retry() {
    setBusy(true)
    try {
      const started = await callApi('POST', `/api/v1/runs/${runId}/retry`)
      showToast('Trying again. Finished steps are skipped.')
      if (typeof started === 'object' && started !== null && 'runId' in started) {
        router.push(`/dashboard/jobs/${String(started.runId)}`)
      } else router.push('/dashboard/jobs')
      router.refresh()
    } catch (error) {
      showToast(sentenceFor(error), 'danger')
      setBusy(false)
    }
  }

  return (
    <Button busy={busy} icon={<RotateCcw aria-hidden size={17} />} onClick={() => void retry()}>
      Retry
    </Button>
  )
}
