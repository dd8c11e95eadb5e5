import { useRouter } from 'next/navigation'
import { useCallback } from 'react'
import { callApi } from '#components/api/call-api.ts'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { showToast } from '#components/ui/toast-store.ts'

/** Shows a toast with Undo after sermons were moved to the trash, and restores them. */
export function useTrash(): {
  showTrashedToast(ids: readonly string[]): void
  /** Resolves when all are restored or a toast has shown the failure. */
  restore(ids: readonly string[]): Promise<void>
} {
  const t = useTranslations('dashboard')
  const failureText = useFailureText()
  const router = useRouter()

  const restore = useCallback(
    async (ids: readonly string[]) => {
      const results = await Promise.allSettled(
        ids.map((id) => callApi('POST', `/api/v1/sermons/${id}/restore`)),
      )
      const failed = results.filter((result) => result.status === 'rejected')
      const [first] = failed
      if (first)
        showToast(t('notChanged', { count: failed.length, reason: failureText(first.reason) }), 'danger')
      else showToast(t('restored', { count: ids.length }))
      router.refresh()
    },
    [t, failureText, router],
  )
  const showTrashedToast = useCallback(
    (ids: readonly string[]) =>
      showToast(t('movedToTrash', { count: ids.length }), 'ok', {
        label: t('undo'),
        act: () => void restore(ids),
      }),
    [t, restore],
  )
  return { showTrashedToast, restore }
}
