'use client'

import { RotateCcw, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { useTrash } from '#components/dashboard/use-trash.ts'
import { RelativeTime } from '#components/dates/relative-time.tsx'
import { useTranslations } from '#components/messages/use-translations.ts'
import { textIn } from '#components/text/text-in.ts'
import { Button } from '#components/ui/button.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { showToast } from '#components/ui/toast-store.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'

/** A sermon in the trash, with its actions. */
export function TrashedSermon({
  sermon,
  canRestore,
  canDelete,
}: {
  sermon: SermonView
  canRestore: boolean
  canDelete: boolean
}) {
  const t = useTranslations('dashboard')
  const { restore } = useTrash()
  const [busy, setBusy] = useState(false)

  async function restoreIt() {
    setBusy(true)
    await restore([sermon.id])
    setBusy(false)
  }

  const { trashedAt } = sermon
  return (
    <li className="flex flex-wrap items-center gap-x-5 gap-y-3 border-b border-line py-4">
      <div className="min-w-0 flex-1 basis-64">
        <h2 {...textIn(sermon.language)} className="title text-base wrap-anywhere">
          {sermon.title}
        </h2>
        {trashedAt ? (
          <p className="mt-0.5 text-xs text-soft">
            {t.rich('trashed', { when: () => <RelativeTime iso={trashedAt} /> })}
          </p>
        ) : null}
      </div>
      <div className="flex flex-wrap gap-2">
        {canRestore ? (
          <Button
            size="sm"
            busy={busy}
            icon={<RotateCcw aria-hidden size={15} />}
            aria-label={t('restoreNamed', { title: sermon.title })}
            onClick={() => void restoreIt()}
          >
            {t('restore')}
          </Button>
        ) : null}
        {canDelete ? <DeleteNow sermon={sermon} /> : null}
      </div>
    </li>
  )
}

function DeleteNow({ sermon }: { sermon: SermonView }) {
  const t = useTranslations('dashboard')
  const failureText = useFailureText()
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)

  async function deleteIt() {
    setBusy(true)
    setError(null)
    try {
      await callApi('DELETE', `/api/v1/trash/${sermon.id}`)
      showToast(t('deleted'))
      router.refresh()
    } catch (failure) {
      setError(failureText(failure))
      setBusy(false)
    }
  }

  return (
    <ConfirmDialog
      title={t('deleteTitle')}
      description={t('deleteText', { title: sermon.title })}
      trigger={
        <Button
          size="sm"
          variant="danger"
          icon={<Trash2 aria-hidden size={15} />}
          aria-label={t('deleteNowNamed', { title: sermon.title })}
        >
          {t('deleteNow')}
        </Button>
      }
      keep={t('keepIt')}
      confirm={t('deletePermanently')}
      onConfirm={() => void deleteIt()}
      busy={busy}
      staysOpen
      error={error}
    />
  )
}
