'use client'

import { Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { useTrash } from '#components/dashboard/use-trash.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'

/** Moves a sermon to the trash after asking once. */
export function RemoveSermon({ sermonId, title }: { sermonId: string; title: string }) {
  const t = useTranslations('sermonEditor')
  const failureText = useFailureText()
  const router = useRouter()
  const { showTrashedToast } = useTrash()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)

  async function remove() {
    setBusy(true)
    setError(null)
    try {
      await callApi('DELETE', `/api/v1/sermons/${sermonId}`)
      showTrashedToast([sermonId])
      router.push('/dashboard')
      router.refresh()
    } catch (failure) {
      setError(failureText(failure))
      setBusy(false)
    }
  }

  return (
    <ConfirmDialog
      title={t('removeTitle')}
      description={t('removeText', { title })}
      trigger={
        <Button variant="danger" size="sm" icon={<Trash2 aria-hidden size={15} />}>
          {t('removeSermon')}
        </Button>
      }
      keep={t('keepIt')}
      confirm={t('remove')}
      onConfirm={() => void remove()}
      busy={busy}
      staysOpen
      error={error}
    />
  )
}
