'use client'

import { useState } from 'react'
import { ApiFailure, callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button, type ButtonSize } from '#components/ui/button.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { showToast } from '#components/ui/toast-store.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'

/**
 * Publishes a sermon, or makes it visible to the team only. Shown at once, undone when it fails. Asks first when the
 * sermon cannot be played.
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
  const [warning, setWarning] = useState<string | null>(null)
  const isOut = sermon.publication === 'published'
  const act = isOut ? 'unpublish' : sermon.publication === 'scheduled' ? 'publishNow' : 'publish'

  async function toggle({ onlyIfPlayable }: { onlyIfPlayable: boolean }) {
    const { publication, publishAt } = sermon
    setBusy(true)
    onChange({ publication: isOut ? 'draft' : 'published', publishAt: null })
    try {
      if (isOut) await callApi('POST', `/api/v1/sermons/${sermon.id}/unpublish`)
      else await callApi('POST', `/api/v1/sermons/${sermon.id}/publish`, { onlyIfPlayable })
      showToast(t(isOut ? 'saysUnpublished' : 'saysPublished'))
    } catch (error) {
      onChange({ publication, publishAt })
      if (error instanceof ApiFailure && error.code === 'sermon.not_playable') setWarning(failureText(error))
      else showToast(failureText(error), 'danger')
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
        onClick={() => void toggle({ onlyIfPlayable: true })}
        aria-label={t(`${act}Named`, { title: sermon.title })}
      >
        {t(act)}
      </Button>
      <Dialog
        title={t('publishSilentTitle')}
        description={`${warning ?? ''} ${t('publishSilentText')}`}
        open={warning !== null}
        onOpenChange={() => setWarning(null)}
        actions={
          <>
            <DialogClose>
              <Button>{t('notNow')}</Button>
            </DialogClose>
            <DialogClose>
              <Button variant="primary" onClick={() => void toggle({ onlyIfPlayable: false })}>
                {t('publishAnyway')}
              </Button>
            </DialogClose>
          </>
        }
      />
    </>
  )
}
