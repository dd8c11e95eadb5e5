'use client'

import { useTranslations } from '#components/messages/use-translations.ts'
import { ChooseFiles } from '#components/upload/choose-files.tsx'
import { useUploadItems } from '#components/upload/upload-provider.tsx'

/** An empty dashboard: the area in which to drop the first recording. */
export function DropArea() {
  const t = useTranslations('upload')
  const items = useUploadItems()
  if (items.length > 0) return null
  return (
    <div className="grid place-items-center rounded-card border-2 border-line-strong border-dashed px-6 py-20 text-center">
      <h2 className="title text-xl">{t('dropFirst')}</h2>
      <p className="mt-3 mb-7 max-w-md text-base text-soft">{t('dropFirstText')}</p>
      <ChooseFiles size="lg">{t('chooseRecordings')}</ChooseFiles>
    </div>
  )
}
