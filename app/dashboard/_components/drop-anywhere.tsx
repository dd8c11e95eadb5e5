'use client'

import { useEffect, useRef, useState } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { showToast } from '#components/ui/toast-store.ts'
import { useUploads } from '#components/upload/upload-provider.tsx'
import { gatherDropped } from './gather-dropped.ts'

const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false

/** Accepts files dropped anywhere on the page, and shows that while they are dragged over it. */
export function DropAnywhere() {
  const { store } = useUploads()
  const t = useTranslations('upload')
  const [over, setOver] = useState(false)
  // Every element that the pointer crosses causes enter and leave events.
  const depth = useRef(0)

  useEffect(() => {
    const enter = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      depth.current += 1
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      depth.current = Math.max(0, depth.current - 1)
      if (depth.current === 0) setOver(false)
    }
    const allow = (event: DragEvent) => {
      if (carriesFiles(event)) event.preventDefault()
    }
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event) || !event.dataTransfer) return
      event.preventDefault()
      depth.current = 0
      setOver(false)
      void gatherDropped(event.dataTransfer).then(({ files, folders }) => {
        if (folders > 0) showToast(t('noFolders'), 'danger')
        return store.addFiles(files)
      })
    }
    window.addEventListener('dragenter', enter)
    window.addEventListener('dragleave', leave)
    window.addEventListener('dragover', allow)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragenter', enter)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('dragover', allow)
      window.removeEventListener('drop', drop)
    }
  }, [store, t])

  if (!over) return null
  return (
    <div className="pointer-events-none fixed inset-0 z-60 animate-appear bg-scrim p-4">
      <p className="title grid size-full place-items-center rounded-card border-2 border-accent border-dashed bg-paper/97 text-2xl">
        {t('dropHere')}
      </p>
    </div>
  )
}
