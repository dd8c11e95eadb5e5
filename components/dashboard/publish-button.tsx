'use client'

import { useState } from 'react'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button, type ButtonSize } from '#components/ui/button.tsx'
import { showToast } from '#components/ui/toast-store.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'
import {
  AskBeforePublishing,
  ifWithoutDoubt,
  type PublishDoubt,
  readDoubt,
} from './ask-before-publishing.tsx'

/**
 * Publishes a sermon, or makes it visible to the team only. The change is shown immediately and undone on failure. Asks first when the
 * sermon cannot be played or something seems to be missing in its recording.
 */
export function PublishButton({
  sermon,
  onChange,
  size = 'sm',
}: {
  sermon: SermonView
  onChange: (patch: Partial<SermonView>) => void
  size?: ButtonSize
}) {
  const t = useTranslations('dashboard')
  const failureText = useFailureText()
  const [busy, setBusy] = useState(false)
  const [doubt, setDoubt] = useState<PublishDoubt | null>(null)
  const [reason, setReason] = useState('')
  const isOut = sermon.publication === 'published'
  const act = isOut ? 'unpublish' : sermon.publication === 'scheduled' ? 'publishNow' : 'publish'

  async function toggle(conditions: Record<string, boolean>) {
    const { publication, publishAt } = sermon
    setBusy(true)
    onChange({ publication: isOut ? 'draft' : 'published', publishAt: null })
    try {
      if (isOut) await callApi('POST', `/api/v1/sermons/${sermon.id}/unpublish`)
      else await callApi('POST', `/api/v1/sermons/${sermon.id}/publish`, conditions)
      showToast(t(isOut ? 'toastUnpublished' : 'toastPublished'))
    } catch (error) {
      onChange({ publication, publishAt })
      const found = readDoubt(error)
      setReason(failureText(error))
      setDoubt(found)
      if (!found) showToast(failureText(error), 'danger')
    } finally {
      setBusy(false)
    }
  }

  return (
    <>
      <Button
        size={size}
        variant={size === 'sm' ? (isOut ? 'quiet' : 'secondary') : isOut ? 'secondary' : 'primary'}
        busy={busy}
        onClick={() => void toggle(ifWithoutDoubt)}
        aria-label={t(`${act}Named`, { title: sermon.title })}
      >
        {t(act)}
      </Button>
      <AskBeforePublishing
        doubt={doubt}
        reason={reason}
        onPublish={() => void toggle({})}
        onClose={() => setDoubt(null)}
      />
    </>
  )
}
