import Link from 'next/link'
import { GroupTable } from '#components/jobs/group-table.tsx'
import { jobsPath } from '#components/jobs/jobs-path.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import type { ErrorGroup } from '#lib/runs/list-error-groups.ts'

/** Failures grouped by error; each row opens the runs that failed with it. */
export function ErrorGroups({
  groups,
  church,
}: {
  groups: readonly ErrorGroup[]
  church: string | undefined
}) {
  const t = useTranslations('jobs')
  return (
    <GroupTable
      caption={t('errorsCaption')}
      what={t('error')}
      counted={t('runs')}
      groups={groups.map((group) => ({
        ...group,
        href: jobsPath('/dashboard/jobs', { church, fingerprint: group.fingerprint }),
        title: group.message || t('noErrorMessage'),
        about: group.taskId,
        more: (
          <Link
            href={jobsPath(`/dashboard/jobs/${group.runId}`, { church })}
            prefetch={false}
            className="underline"
          >
            {t('newestRun')}
          </Link>
        ),
      }))}
    />
  )
}
