'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { ifWithoutDoubt, readDoubt } from '#components/dashboard/ask-before-publishing.tsx'
import { useTrash } from '#components/dashboard/use-trash.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { showToast } from '#components/ui/toast-store.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'

type Doubtful = { id: string; title: string; reason: string }

/** Actions for several sermons at once; shown at the bottom while some are selected. */
export function BulkBar({
  sermons,
  onDone,
}: {
  /** The selected sermons. */
  sermons: readonly SermonView[]
  onDone: () => void
}) {
  const t = useTranslations('dashboard')
  const failureText = useFailureText()
  const router = useRouter()
  const { showTrashedToast } = useTrash()
  const [busy, setBusy] = useState(false)
  const [doubtful, setDoubtful] = useState<readonly Doubtful[]>([])
  const ids = sermons.map(({ id }) => id)

  async function forAll(
    act: (id: string) => Promise<unknown>,
    done: () => void,
    of: readonly { id: string; title: string }[] = sermons,
  ) {
    setBusy(true)
    const results = await Promise.allSettled(of.map(({ id }) => act(id)))
    const failed: unknown[] = []
    const open: Doubtful[] = []
    for (const [index, result] of results.entries()) {
      if (result.status === 'fulfilled') continue
      const sermon = of[index]
      if (sermon && readDoubt(result.reason)) {
        open.push({ id: sermon.id, title: sermon.title, reason: failureText(result.reason) })
      } else failed.push(result.reason)
    }
    if (failed.length > 0)
      showToast(t('notChanged', { count: failed.length, reason: failureText(failed[0]) }), 'danger')
    else if (open.length < of.length) done()
    setBusy(false)
    setDoubtful(open)
    // While it asks, the sermons stay selected: the question is about them.
    if (open.length === 0) onDone()
    router.refresh()
  }

  const publish = (conditions: Record<string, boolean>, of?: readonly { id: string; title: string }[]) =>
    forAll(
      (id) => callApi('POST', `/api/v1/sermons/${id}/publish`, conditions),
      () => showToast(t('toastPublished')),
      of,
    )

  if (ids.length === 0) return null
  return (
    <section
      aria-label={t('selectedSermons')}
      className="fixed inset-x-0 z-40 flex animate-appear justify-center px-4"
      style={{ bottom: 'calc(var(--covered) + 1rem)', paddingLeft: 'calc(var(--rail-width) + 1rem)' }}
    >
      <div className="flex flex-wrap items-center gap-2 rounded-card bg-raised px-4 py-3 shadow-float">
        <p className="figures mr-2 text-sm font-medium">{t('sermonCount', { count: ids.length })}</p>
        <Button size="sm" variant="primary" busy={busy} onClick={() => void publish(ifWithoutDoubt)}>
          {t('publish')}
        </Button>
        <ConfirmDialog
          title={t('publishDoubtfulTitle', { count: doubtful.length })}
          description={t('publishDoubtfulText')}
          open={doubtful.length > 0}
          onOpenChange={() => setDoubtful([])}
          keep={t('notNow')}
          onKeep={onDone}
          confirm={t('publishCountAnyway', { count: doubtful.length })}
          onConfirm={() => void publish({}, doubtful)}
          tone="primary"
        >
          <ul className="flex flex-col gap-3 text-sm">
            {doubtful.map(({ id, title, reason }) => (
              <li key={id}>
                <p className="font-medium wrap-anywhere">{title}</p>
                <p className="text-soft">{reason}</p>
              </li>
            ))}
          </ul>
        </ConfirmDialog>
        <Button
          size="sm"
          busy={busy}
          onClick={() =>
            void forAll(
              (id) => callApi('POST', `/api/v1/sermons/${id}/unpublish`),
              () => showToast(t('toastUnpublishedMany')),
            )
          }
        >
          {t('unpublish')}
        </Button>
        <ConfirmDialog
          title={t('removeTitle', { count: ids.length })}
          description={t('removeText')}
          trigger={
            <Button size="sm" variant="danger" busy={busy}>
              {t('remove')}
            </Button>
          }
          keep={t('keepThem')}
          confirm={t('removeCount', { count: ids.length })}
          onConfirm={() =>
            void forAll(
              (id) => callApi('DELETE', `/api/v1/sermons/${id}`),
              () => showTrashedToast(ids),
            )
          }
        />
        <Button size="sm" variant="quiet" onClick={onDone}>
          {t('clear')}
        </Button>
      </div>
    </section>
  )
}
