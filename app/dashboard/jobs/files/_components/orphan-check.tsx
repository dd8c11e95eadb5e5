'use client'

import { Search, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useFailureText } from '#components/api/use-failure-text.ts'
import { useLanguage } from '#components/messages/use-language.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { formatBytes } from '#components/ui/format-bytes.ts'
import { Notice } from '#components/ui/notice.tsx'
import { type SweepTotals, sweepPages } from './sweep-pages.ts'

/** Lists the stored files that belong to no sermon, and removes them on the owner's request. */
export function OrphanCheck({ churchId }: { churchId: string }) {
  const t = useTranslations('jobs')
  const language = useLanguage()
  const failureText = useFailureText()
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const [totals, setTotals] = useState<SweepTotals | null>(null)
  const [error, setError] = useState<string | null>(null)

  async function sweep(method: 'GET' | 'POST') {
    setBusy(true)
    setError(null)
    try {
      await sweepPages(method, churchId, setTotals)
      if (method === 'POST') router.refresh()
    } catch (failure) {
      setError(failureText(failure))
    } finally {
      setBusy(false)
    }
  }

  const size = totals ? formatBytes(totals.sizeBytes, language) : ''
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap gap-3">
        <Button busy={busy} icon={<Search aria-hidden size={15} />} onClick={() => void sweep('GET')}>
          {t('checkFiles')}
        </Button>
        {totals && !totals.removed && totals.count > 0 && !busy ? (
          <ConfirmDialog
            title={t('removeFilesTitle', { count: totals.count })}
            description={t('removeFilesText', { size })}
            trigger={
              <Button variant="danger" icon={<Trash2 aria-hidden size={15} />}>
                {t('removeFiles', { count: totals.count })}
              </Button>
            }
            keep={t('keepFiles')}
            confirm={t('removeFiles', { count: totals.count })}
            onConfirm={() => void sweep('POST')}
          />
        ) : null}
      </div>
      {error ? (
        <Notice tone="danger" live>
          {error}
        </Notice>
      ) : null}
      {totals ? (
        <Notice tone="ok" live>
          {t(totals.removed ? 'filesRemoved' : 'filesFound', {
            checked: totals.checked,
            count: totals.count,
            size,
          })}
        </Notice>
      ) : null}
      {totals && totals.shown.length > 0 ? (
        <ul className="rounded-card border border-line">
          {totals.shown.map(({ bucket, path, sizeBytes }) => (
            <li
              key={`${bucket}/${path}`}
              className="flex flex-wrap gap-x-4 border-t border-line px-4 py-2 text-xs first:border-t-0"
            >
              <span className="min-w-0 flex-1 font-mono wrap-anywhere">
                {bucket}/{path}
              </span>
              <span className="figures text-soft">{formatBytes(sizeBytes, language)}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}
