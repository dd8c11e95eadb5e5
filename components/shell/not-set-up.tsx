import { useTranslations } from '#components/messages/use-translations.ts'
import { EmptyState } from '#components/ui/empty-state.tsx'

/** Instead of a page that needs an owner, while there is none: how to continue. */
export function NotSetUp() {
  const t = useTranslations('setUp')
  return (
    <div className="page pt-16">
      <EmptyState level={1} title={t('notSetUpTitle')}>
        <p>{t('notSetUpText')}</p>
      </EmptyState>
    </div>
  )
}
