'use client'

import { History } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useDateStyle } from '#components/dates/use-date-style.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { formatMoment } from '#lib/dates/format-date.ts'
import { type ListedVersion, readVersions } from './read-versions.ts'

/**
 * The versions of the transcript, newest first, read when the list is opened and after each save in the meantime. An older
 * one can become the current one.
 */
export function Versions({
  sermonId,
  versions: known,
  revision: saved,
  onRestore,
}: {
  sermonId: string
  /** Those of the time when the page was opened. */
  versions: readonly ListedVersion[]
  /** That of the last save. */
  revision: number
  onRestore: (revision: number) => void
}) {
  const t = useTranslations('transcriptEditor')
  const style = useDateStyle()
  const [isOpen, setIsOpen] = useState(false)
  const [{ versions }, setFound] = useState({ saved, versions: known })
  useEffect(() => {
    if (!isOpen) return
    let isOver = false
    void readVersions(sermonId).then((found) => {
      if (found && !isOver) setFound({ saved, versions: found })
    })
    return () => {
      isOver = true
    }
  }, [isOpen, sermonId, saved])
  return (
    <Dialog
      title={t('versions')}
      description={t('versionsText')}
      open={isOpen}
      onOpenChange={setIsOpen}
      trigger={
        <Button size="sm" variant="quiet" icon={<History aria-hidden size={15} />}>
          {t('versions')}
        </Button>
      }
    >
      <ul className="flex max-h-80 flex-col divide-y divide-line overflow-y-auto">
        {versions.map(({ revision, editedBy, createdAt, reviewed }, at) => (
          <li key={revision} className="flex flex-wrap items-center gap-3 py-2.5 text-sm">
            <span className="min-w-0 flex-1">
              {editedBy === null
                ? t('arrived', { date: formatMoment(createdAt, style) })
                : t('corrected', { name: editedBy, date: formatMoment(createdAt, style) })}
              {reviewed ? ` · ${t('reviewed')}` : ''}
            </span>
            {at === 0 ? (
              <span className="text-xs text-faint">{t('current')}</span>
            ) : (
              <Button
                size="sm"
                onClick={() => {
                  setIsOpen(false)
                  onRestore(revision)
                }}
              >
                {t('restore')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
