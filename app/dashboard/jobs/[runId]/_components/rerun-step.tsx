'use client'

import { RotateCcw } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { jobsPath } from '#components/jobs/jobs-path.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { showToast } from '#components/ui/toast-store.ts'

/** Reruns one step, after listing every step that depends on it and will be rerun with it. */
export function RerunStep({
  stepId,
  name,
  steps,
  churchId,
}: {
  stepId: string
  name: string
  /** The step and those that depend on it, as `<facet>/<step>`. */
  steps: readonly string[]
  churchId: string
}) {
  const t = useTranslations('jobs')
  const failureText = useFailureText()
  const router = useRouter()
  const [isOpen, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)

  async function rerun() {
    setBusy(true)
    setError(null)
    try {
      await callApi('POST', jobsPath(`/api/v1/steps/${stepId}/rerun`, { church: churchId }))
      setOpen(false)
      showToast(t('stepRequested'))
      router.push(jobsPath('/dashboard/jobs', { church: churchId }))
    } catch (failure) {
      setError(failureText(failure))
    } finally {
      setBusy(false)
    }
  }

  return (
    <>
      <Button
        size="sm"
        icon={<RotateCcw aria-hidden size={15} />}
        onClick={() => {
          setError(null)
          setOpen(true)
        }}
      >
        {t('runStepAgain')}
      </Button>
      <ConfirmDialog
        title={t('runStepTitle', { name })}
        description={t(steps.length === 1 ? 'runStepAlone' : 'runStepWithOthers')}
        open={isOpen}
        onOpenChange={setOpen}
        keep={t('goBack')}
        confirm={steps.length === 1 ? t('runItAgain') : t('runStepsAgain', { count: steps.length })}
        onConfirm={() => void rerun()}
        tone="primary"
        busy={busy}
        staysOpen
        error={error}
      >
        <ol aria-label={t('stepsDoneAgain')} className="flex flex-col gap-1 font-mono text-xs">
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </ConfirmDialog>
    </>
  )
}
