'use client'

import { useState } from 'react'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { showToast } from '#components/ui/toast-store.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'

/** Has the recording transcribed again. Asks first when a person has corrected or reviewed the transcript. */
export function TranscribeAgain({ sermon, isTouched }: { sermon: SermonView; isTouched: boolean }) {
  const t = useTranslations('sermonEditor')
  const failureText = useFailureText()
  const [busy, setBusy] = useState(false)
  const { status } = sermon.facets.transcript

  async function request() {
    setBusy(true)
    try {
      await callApi('POST', `/api/v1/sermons/${sermon.id}/reprocess`, { redo: ['transcript'] })
      showToast(t('queuedAgain'))
    } catch (error) {
      showToast(failureText(error), 'danger')
    } finally {
      setBusy(false)
    }
  }

  if (status === 'pending' || status === 'running') return null
  if (!isTouched) {
    return (
      <Button size="sm" variant="quiet" busy={busy} onClick={() => void request()}>
        {t('transcribeAgain')}
      </Button>
    )
  }
  return (
    <ConfirmDialog
      title={t('transcribeAgainTitle')}
      description={t('transcribeAgainText')}
      trigger={
        <Button size="sm" variant="quiet" busy={busy}>
          {t('transcribeAgain')}
        </Button>
      }
      keep={t('cancel')}
      confirm={t('transcribeAgain')}
      onConfirm={() => void request()}
      tone="primary"
    />
  )
}
