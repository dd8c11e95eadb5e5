'use client'

import { useSyncExternalStore } from 'react'
import { libraryIsFull } from '#components/library/sync-status.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Notice } from '#components/ui/notice.tsx'

/** Says that the account keeps no more. */
export function LibraryFull() {
  const t = useTranslations('ownLibrary')
  const isFull = useSyncExternalStore(libraryIsFull.subscribe, libraryIsFull.read, () => false)
  return isFull ? (
    <Notice tone="warn" live className="mt-4">
      {t('full')}
    </Notice>
  ) : null
}
