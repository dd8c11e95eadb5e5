import { useTranslations } from '#components/messages/use-translations.ts'
import { ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'

export default function JobsNotFound() {
  const t = useTranslations('jobs')
  return (
    <EmptyState
      level={1}
      title={t('notFoundTitle')}
      action={<ButtonLink href="/dashboard/jobs">{t('backToRuns')}</ButtonLink>}
    >
      {t('notFoundText')}
    </EmptyState>
  )
}
