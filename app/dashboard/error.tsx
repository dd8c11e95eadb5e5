'use client'

import { useTranslations } from '#components/messages/use-translations.ts'
import { FailedView } from '#components/ui/failed-view.tsx'

export default function DashboardError({ retry }: { error: Error; retry: () => void }) {
  const t = useTranslations('dashboard')
  return <FailedView title={t('failedTitle')} text={t('failedText')} retry={retry} />
}
