import { useTranslations } from '#components/messages/use-translations.ts'
import { ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'

export default function DashboardNotFound() {
  const t = useTranslations('dashboard')
  return (
    <EmptyState
      level={1}
      title={t('notFoundTitle')}
      action={<ButtonLink href="/dashboard">{t('backToSermons')}</ButtonLink>}
    >
      {t('notFoundText')}
    </EmptyState>
  )
}
