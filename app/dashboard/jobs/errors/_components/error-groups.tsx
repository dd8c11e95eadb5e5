import Link from 'next/link'
import { GroupTable } from '#components/jobs/group-table.tsx'
import { jobsPath } from '#components/jobs/jobs-path.ts'
import type { ErrorGroup } from '#lib/runs/list-error-groups.ts'

/** Failures by what went wrong; each row opens the runs that failed so. */
export function ErrorGroups({
  groups,
  church,
}: {
  groups: readonly ErrorGroup[]
  church: string | undefined
}) {
  return (
    <GroupTable
      caption="Errors, the newest first"
      what="Error"
      counted="Runs"
      groups={groups.map((group) => ({
        ...group,
        href: jobsPath('/dashboard/jobs', { church, fingerprint: group.fingerprint }),
        title: group.message || 'An error without words',
        about: group.taskId,
        more: (
          <Link
            href={jobsPath(`/dashboard/jobs/${group.runId}`, { church })}
            prefetch={false}
            className="underline"
          >
            The newest run
          </Link>
        ),
      }))}
    />
  )
}
