'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { useTrash } from '#components/dashboard/use-trash.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogClose } from '#components/ui/dialog.tsx'
import { showToast } from '#components/ui/toast-store.ts'

/** What can be done with several sermons at once; comes up from below while some are selected. */
export function BulkBar({ ids, onDone }: { ids: readonly string[]; onDone: () => void }) {
  const t = useTranslations('dashboard')
  const failureText = useFailureText()
  const router = useRouter()
  const { sayTrashed } = useTrash()
  const [busy, setBusy] = useState(false)

  async function forAll(act: (id: string) => Promise<unknown>, done: () => void) {
    setBusy(true)
    const results = await Promise.allSettled(ids.map(act))
    const failed = results.filter((result) => result.status === 'rejected')
    const [first] = failed
    if (first)
      showToast(t('notChanged', { count: failed.length, reason: failureText(first.reason) }), 'danger')
    else done()
    setBusy(false)
    onDone()
    router.refresh()
  }

  if (ids.length === 0) return null
  return (
    <section
      aria-label={t('selectedSermons')}
      className="fixed inset-x-0 z-40 flex animate-appear justify-center px-4"
      style={{ bottom: 'calc(var(--covered) + 1rem)', paddingLeft: 'calc(var(--rail-width) + 1rem)' }}
    >
      <div className="flex flex-wrap items-center gap-2 rounded-card bg-raised px-4 py-3 shadow-float">
        <p className="figures mr-2 text-sm font-medium">{t('sermonCount', { count: ids.length })}</p>
        <Button
          size="sm"
          variant="primary"
          busy={busy}
          onClick={() =>
            void forAll(
              (id) => callApi('POST', `/api/v1/sermons/${id}/publish`, { onlyIfPlayable: true }),
              () => showToast(t('saysPublished')),
            )
          }
        >
          {t('publish')}
        </Button>
        <Button
          size="sm"
          busy={busy}
          onClick={() =>
            void forAll(
              (id) => callApi('POST', `/api/v1/sermons/${id}/unpublish`),
              () => showToast(t('saysUnpublishedMany')),
            )
          }
        >
          {t('unpublish')}
        </Button>
        <Dialog
          title={t('removeTitle', { count: ids.length })}
          description={t('removeText')}
          trigger={
            <Button size="sm" variant="danger" busy={busy}>
              {t('remove')}
            </Button>
          }
          actions={
            <>
              <DialogClose>
                <Button>{t('keepThem')}</Button>
              </DialogClose>
              <DialogClose>
                <Button
                  variant="danger"
                  onClick={() =>
                    void forAll(
                      (id) => callApi('DELETE', `/api/v1/sermons/${id}`),
                      () => sayTrashed(ids),
                    )
                  }
                >
                  {t('removeCount', { count: ids.length })}
                </Button>
              </DialogClose>
            </>
          }
        />
        <Button size="sm" variant="quiet" onClick={onDone}>
          {t('clear')}
        </Button>
      </div>
    </section>
  )
}
