import { Panel } from '#components/dashboard/panel.tsx'
import { useTranslations } from '#components/messages/use-translations.ts'
import { ButtonLink } from '#components/ui/button.tsx'

/** Leads to the pages of the signed-in person and of the members. */
export function PeopleLinks() {
  const t = useTranslations('settings')
  return (
    <Panel title={t('people')}>
      <p className="text-sm text-soft">{t('peopleText')}</p>
      <div className="mt-4 flex flex-wrap gap-3">
        <ButtonLink href="/dashboard/settings/account">{t('yourAccount')}</ButtonLink>
        <ButtonLink href="/dashboard/settings/members">{t('members')}</ButtonLink>
      </div>
    </Panel>
  )
}
