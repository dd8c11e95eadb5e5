'use client'

import { useState } from 'react'
import { useLiveSermons } from '#components/dashboard/use-live-sermons.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { classNames } from '#components/ui/class-names.ts'
import { useUploadItems } from '#components/upload/upload-provider.tsx'
import type { SermonView } from '#lib/sermons/sermon.ts'
import { BulkBar } from './bulk-bar.tsx'
import { DropArea } from './drop-area.tsx'
import { rowColumns, SermonRow } from './sermon-row.tsx'

/** The church's sermons with their live status. One that is still being uploaded is shown by its upload. */
export function SermonList({
  sermons: initial,
  churchId,
  canEdit,
  isFiltered,
}: {
  sermons: readonly SermonView[]
  churchId: string
  canEdit: boolean
  isFiltered: boolean
}) {
  const t = useTranslations('dashboard')
  const { sermons, change } = useLiveSermons(initial, {
    url: `/api/v1/live?scope=church&church=${churchId}`,
    addNew: !isFiltered,
  })
  const uploads = useUploadItems()
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const uploading = new Set(
    uploads.filter((item) => item.phase !== 'done' && !item.replaces).map((item) => item.sermonId),
  )
  const shown = sermons.filter((sermon) => !uploading.has(sermon.id))
  const chosen = shown.filter((sermon) => selected.has(sermon.id))

  function select(id: string, isSelected: boolean) {
    const next = new Set(selected)
    if (isSelected) next.add(id)
    else next.delete(id)
    setSelected(next)
  }

  if (shown.length === 0) return canEdit && !isFiltered ? <DropArea /> : null
  return (
    <div className="@container">
      <div
        aria-hidden
        className={classNames(
          rowColumns,
          'sticky top-0 z-10 hidden border-b border-line bg-paper py-2.5 text-xs font-medium text-faint',
        )}
      >
        <span className={canEdit ? 'pl-7.5' : ''}>{t('columnSermon')}</span>
        <span>{t('columnStatus')}</span>
        <span>{t('columnVisibility')}</span>
        <span />
      </div>
      <ul>
        {shown.map((sermon) => (
          <SermonRow
            key={sermon.id}
            sermon={sermon}
            canEdit={canEdit}
            selected={selected.has(sermon.id)}
            onSelect={(isSelected) => select(sermon.id, isSelected)}
            onChange={(patch) => change(sermon.id, patch)}
          />
        ))}
      </ul>
      {/* Room for the bar, so that it never covers the last sermon. */}
      {chosen.length > 0 ? <div aria-hidden className="h-28 sm:h-20" /> : null}
      <BulkBar sermons={chosen} onDone={() => setSelected(new Set())} />
    </div>
  )
}
