'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { announceUpload } from '#components/upload/describe-upload.ts'
import { UploadCard } from '#components/upload/upload-card.tsx'
import { isOver, type UploadItem, type UploadPhase } from '#components/upload/upload-item.ts'
import { useUploadItems } from '#components/upload/upload-provider.tsx'

/** The current uploads, above the list of sermons. Shows nothing without uploads. */
export function UploadPanel() {
  const t = useTranslations('upload')
  const items = useUploadItems()
  const router = useRouter()
  const arrived = items.filter((item) => item.phase === 'done').length
  // The page was rendered before these sermons and their speakers existed.
  useEffect(() => {
    if (arrived > 0) router.refresh()
  }, [arrived, router])
  return (
    <>
      <Announcer items={items} />
      {items.length === 0 ? null : (
        <section aria-labelledby="uploads-title" className="mb-10">
          <h2 id="uploads-title" className="mb-3 text-sm font-medium text-soft">
            {items.every(isOver) ? t('justNow') : t('uploading')}
          </h2>
          <ul className="flex flex-col gap-3">
            {items.map((item, index) => (
              <UploadCard key={item.id} item={item} startsOpen={index < 2} />
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

/** Announces each change once; never the figures, which change four times a second. */
function Announcer({ items }: { items: readonly UploadItem[] }) {
  const t = useTranslations('upload')
  const phases = useRef(new Map<string, UploadPhase>())
  const [text, setText] = useState('')
  useEffect(() => {
    const news = items.flatMap((item) => {
      const before = phases.current.get(item.id)
      phases.current.set(item.id, item.phase)
      if (before === item.phase) return []
      return announceUpload(item.phase, item.fields.title || item.fileName, t) ?? []
    })
    if (news.length > 0) setText(news.join(' '))
  }, [items, t])
  return (
    <p role="status" className="sr-only">
      {text}
    </p>
  )
}
