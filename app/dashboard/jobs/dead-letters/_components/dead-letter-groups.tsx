import { GroupTable } from '#components/jobs/group-table.tsx'
import { jobsPath } from '#components/jobs/jobs-path.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import type { DeadLetterGroup } from '#lib/dead-letters/list-dead-letters.ts'

/** Open dead letters grouped by error; each row opens its dead letters. */
export function DeadLetterGroups({
  groups,
  church,
}: {
  groups: readonly DeadLetterGroup[]
  church: string | undefined
}) {
  const t = useTranslations('jobs')
  return (
    <GroupTable
      caption={t('deadLettersCaption')}
      what={t('whatWentWrong')}
      counted={t('deadLetters')}
      groups={groups.map((group) => ({
        ...group,
        href: jobsPath(`/dashboard/jobs/dead-letters/${group.fingerprint}`, { church }),
        title: group.reason,
        about: group.type,
      }))}
    />
  )
}
