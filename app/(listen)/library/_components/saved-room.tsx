'use client'

import { useState } from 'react'
import { useLanguage } from '#components/messages/use-language.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { offlineStore } from '#components/offline/offline-store.ts'
import {
  limitChoicesBytes,
  recallLimitBytes,
  rememberLimitBytes,
} from '#components/offline/remember-offline.ts'
import type { SavedSermon } from '#components/offline/saved-sermons.ts'
import { Button } from '#components/ui/button.tsx'
import { formatBytes } from '#components/ui/format-bytes.ts'
import { ownStorage } from '#components/ui/own-storage.ts'
import { ProgressBar } from '#components/ui/progress-bar.tsx'

/** How much room the saved sermons take, how much they may take, and what happens then. */
export function SavedRoom({ saved }: { saved: readonly SavedSermon[] }) {
  const t = useTranslations('ownLibrary')
  const language = useLanguage()
  const [limitBytes, setLimitBytes] = useState(() => recallLimitBytes(ownStorage()))
  const usedBytes = saved.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  return (
    <div className="mt-5 max-w-prose text-sm text-soft">
      <ProgressBar value={(usedBytes / limitBytes) * 100} label={t('roomLabel')} />
      <p className="figures mt-2">
        {t('room', {
          count: saved.length,
          used: formatBytes(usedBytes, language),
          limit: formatBytes(limitBytes, language),
        })}
      </p>
      <p className="mt-2 text-xs text-faint">{t('rule')}</p>
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <label className="flex items-center gap-2">
          {t('limit')}
          <select
            value={limitBytes}
            onChange={(event) => {
              const chosen = Number(event.target.value)
              rememberLimitBytes(ownStorage(), chosen)
              setLimitBytes(chosen)
              void offlineStore.keepLimit()
            }}
            className="min-h-11 rounded-full border border-line-strong bg-raised px-3 text-ink"
          >
            {limitChoicesBytes.map((choice) => (
              <option key={choice} value={choice}>
                {formatBytes(choice, language)}
              </option>
            ))}
          </select>
        </label>
        <Button variant="quiet" onClick={() => void offlineStore.removeAll()}>
          {t('removeAll')}
        </Button>
      </div>
    </div>
  )
}
