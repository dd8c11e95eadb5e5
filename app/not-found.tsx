import type { Metadata } from 'next'
import { readTranslations } from '#components/messages/read-translations.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('errors')
  return { title: t('notFoundTitle') }
}

export default function NotFound() {
  const t = useTranslations('errors')
  const common = useTranslations('common')
  const shell = useTranslations('shell')
  return (
    <div className="page pt-16">
      <EmptyState
        level={1}
        title={t('notFoundTitle')}
        action={
          <>
            <ButtonLink href="/" variant="primary">
              {common('goToSermons')}
            </ButtonLink>
            <ButtonLink href="/search">{shell('search')}</ButtonLink>
          </>
        }
      >
        <p>{t('notFoundText')}</p>
      </EmptyState>
    </div>
  )
}
