import { useState } from 'react'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { useDateStyle } from '#components/dates/use-date-style.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { showToast } from '#components/ui/toast-store.ts'
import { formatMoment } from '#lib/dates/format-date.ts'
import type { OtherRecording } from '#lib/sermons/restore-recording.ts'

/** The recordings that were replaced, each with a button that makes it the current one again. */
export function OtherRecordings({
  sermonId,
  recordings,
  isOpen,
}: {
  sermonId: string
  recordings: readonly OtherRecording[]
  /** Shows them at once: the current recording failed. */
  isOpen: boolean
}) {
  const t = useTranslations('sermonEditor')
  const style = useDateStyle()
  const failureText = useFailureText()
  const [busy, setBusy] = useState<number | null>(null)
  if (recordings.length === 0) return null

  async function restore(revision: number) {
    setBusy(revision)
    try {
      await callApi('POST', `/api/v1/sermons/${sermonId}/restore-recording?recording=${revision}`)
      showToast(t('recordingRestored'))
    } catch (error) {
      showToast(failureText(error), 'danger')
    } finally {
      setBusy(null)
    }
  }

  return (
    <details open={isOpen} className="text-sm text-soft">
      <summary className="cursor-pointer">{t('otherRecordings', { count: recordings.length })}</summary>
      <ul className="mt-2 flex flex-col gap-3">
        {recordings.map(({ revision, fileName, uploadedAt }) => (
          <li key={revision} className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1.5">
            <span className="min-w-0 wrap-anywhere">
              {fileName}
              <span className="block text-xs text-faint">{formatMoment(uploadedAt, style)}</span>
            </span>
            <Button
              size="sm"
              busy={busy === revision}
              aria-label={t('useRecordingNamed', { fileName })}
              onClick={() => void restore(revision)}
            >
              {t('useRecording')}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  )
}
