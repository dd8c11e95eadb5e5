'use client'

import { useEffect } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useTranslations('errors')
  const common = useTranslations('common')
  useEffect(() => {
    console.error(error)
  }, [error])
  return (
    <div className="page pt-16" role="alert">
      <EmptyState
        level={1}
        title={t('pageFailed')}
        action={
          <>
            <Button variant="primary" onClick={() => retry()}>
              {common('tryAgain')}
            </Button>
            <ButtonLink href="/">{common('goToSermons')}</ButtonLink>
          </>
        }
      >
        <p>{t('pageFailedAdvice')}</p>
      </EmptyState>
    </div>
  )
}
