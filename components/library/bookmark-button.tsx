'use client'

import { Bookmark } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { IconButton } from '#components/ui/button.tsx'
import { OnDemand } from '#components/ui/on-demand.tsx'

const loadBookmarkDialog = () => import('./bookmark-dialog.tsx').then((file) => file.BookmarkDialog)

/** Opens the bookmarks of the sermon that plays. */
export function BookmarkButton() {
  const t = useTranslations('player')
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <IconButton label={t('bookmarks')} aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        <Bookmark aria-hidden size={19} strokeWidth={1.8} />
      </IconButton>
      {isOpen ? <OnDemand load={loadBookmarkDialog} props={{ onClose: () => setIsOpen(false) }} /> : null}
    </>
  )
}
