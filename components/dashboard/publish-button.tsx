'use client'

import { useState } from 'react'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
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
  const failureText = useFailureText()
  const [busy, setBusy] = useState(false)
  const isOut = sermon.publication === 'published'
  const word = isOut ? 'Unpublish' : sermon.publication === 'scheduled' ? 'Publish now' : 'Publish'

  async function toggle() {
    const { publication, publishAt } = sermon
    setBusy(true)
    onChange({ publication: isOut ? 'draft' : 'published', publishAt: null })
    try {
      await callApi('POST', `/api/v1/sermons/${sermon.id}/${isOut ? 'unpublish' : 'publish'}`)
      showToast(isOut ? 'Only members see it now.' : 'Published.')
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
      aria-label={`${word}: ${sermon.title}`}
    >
      {word}
    </Button>
  )
}
