'use client'

import { useState } from 'react'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button, type ButtonSize } from '#components/ui/button.tsx'
import { showToast } from '#components/ui/toast-store.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'

/** Publishes a sermon, or makes it visible to the team only. Shown at once, undone when it fails. */
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
  const isOut = sermon.publication === 'published'
  const act = isOut ? 'unpublish' : sermon.publication === 'scheduled' ? 'publishNow' : 'publish'

  async function toggle() {
    const { publication, publishAt } = sermon
    setBusy(true)
    onChange({ publication: isOut ? 'draft' : 'published', publishAt: null })
    try {
      await callApi('POST', `/api/v1/sermons/${sermon.id}/${isOut ? 'unpublish' : 'publish'}`)
      showToast(t(isOut ? 'saysUnpublished' : 'saysPublished'))
    } catch (error) {
      onChange({ publication, publishAt })
      showToast(failureText(error), 'danger')
    } finally {
      setBusy(false)
    }
  }

  return (
    <Button
      size={size}
      variant={size === 'sm' ? (isOut ? 'quiet' : 'secondary') : isOut ? 'secondary' : 'primary'}
      busy={busy}
      onClick={() => void toggle()}
      aria-label={t(`${act}Named`, { title: sermon.title })}
    >
      {t(act)}
    </Button>
  )
}
