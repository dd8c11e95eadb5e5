'use client'

import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { useRetryLater } from '#components/ui/use-retry-later.ts'

export default function JobsError({ retry }: { error: Error; retry: () => void }) {
  const t = useTranslations('jobs')
  const common = useTranslations('common')
  useRetryLater(retry)
  return (
    <EmptyState
      level={1}
      title={t('failedTitle')}
      action={
        <Button variant="primary" onClick={retry}>
          {common('tryAgain')}
        </Button>
      }
    >
      {t('failedText')}
    </EmptyState>
  )
}
