'use client'

import { useState } from 'react'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { showToast } from '#components/ui/toast-store.ts'
import { acceptedTypes } from '#components/upload/choose-files.tsx'
import type { SermonView } from '#lib/sermons/sermon.ts'
import { ChooseOneFile } from './choose-one-file.tsx'
import { useReplaceRecording } from './use-replace-recording.ts'

/** What seems to be missing in the recording, until a person decides to use it anyway or replaces it. */
export function RecordingWarning({
  sermon,
  canEdit,
  onChange,
}: {
  sermon: SermonView
  canEdit: boolean
  onChange: (patch: Partial<SermonView>) => void
}) {
  const t = useTranslations('sermonEditor')
  const failureText = useFailureText()
  const replace = useReplaceRecording(sermon)
  const [busy, setBusy] = useState(false)
  const { recording } = sermon
  const open = recording?.warnings.filter(({ confirmed }) => !confirmed) ?? []
  if (!recording || open.length === 0) return null

  async function confirm() {
    setBusy(true)
    try {
      await callApi('POST', `/api/v1/sermons/${sermon.id}/confirm-recording`)
      onChange({
        recording: recording && {
          ...recording,
          warnings: recording.warnings.map((warning) => ({ ...warning, confirmed: true })),
        },
      })
      showToast(t('recordingConfirmed'))
    } catch (error) {
      showToast(failureText(error), 'danger')
    } finally {
      setBusy(false)
    }
  }

  return (
    <div className="mb-6" data-recording-warning>
      <Notice
        tone="warn"
        title={t('recordingIncomplete')}
        live
        action={
          canEdit ? (
            <>
              <Button size="sm" busy={busy} onClick={() => void confirm()}>
                {t('useAnyway')}
              </Button>
              <ChooseOneFile accept={acceptedTypes} onChoose={(file) => void replace(file)}>
                {t('replaceFailed')}
              </ChooseOneFile>
            </>
          ) : undefined
        }
      >
        {open.map(({ code, message }) => (
          <p key={code}>{message}</p>
        ))}
        <p>{t(sermon.publication === 'scheduled' ? 'recordingHeldBack' : 'listenToItsEnd')}</p>
      </Notice>
    </div>
  )
}
