'use client'

import { useTranslations } from '#components/messages/use-translations.ts'
import { Button } from './button.tsx'
import { EmptyState } from './empty-state.tsx'
import { useRetryLater } from './use-retry-later.ts'

/** Replaces a view that could not be loaded. It tries again by itself, and at the press of a button. */
export function FailedView({ title, text, retry }: { title: string; text: string; retry: () => void }) {
  const t = useTranslations('common')
  useRetryLater(retry)
  return (
    <EmptyState
      level={1}
      title={title}
      action={
        <Button variant="primary" onClick={retry}>
          {t('tryAgain')}
        </Button>
      }
    >
      {text}
    </EmptyState>
  )
}
