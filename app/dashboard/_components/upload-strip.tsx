'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from '#components/messages/use-translations.ts'
import { ProgressBar } from '#components/ui/progress-bar.tsx'
import { isUnfinished } from '#components/upload/upload-item.ts'
import { useUploadItems } from '#components/upload/upload-provider.tsx'

/** On the other pages of the dashboard: the progress of all uploads together. */
export function UploadStrip() {
  const t = useTranslations('upload')
  const items = useUploadItems().filter(isUnfinished)
  const pathname = usePathname()
  if (items.length === 0 || pathname === '/dashboard') return null
  const total = items.reduce((sum, item) => sum + item.sizeBytes, 0)
  const sent = items.reduce((sum, item) => sum + item.bytesSent, 0)
  const percent = total === 0 ? 0 : Math.floor((sent / total) * 100)
  return (
    <Link
      href="/dashboard"
      prefetch={false}
      className="mt-6 block rounded-card border border-line bg-raised px-4 py-3 text-sm text-ink no-underline"
    >
      <span className="figures mb-2 block">{t('uploadingCount', { count: items.length, percent })}</span>
      <ProgressBar value={percent} label={t('allUploads')} />
    </Link>
  )
}
