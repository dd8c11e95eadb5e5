import { GroupTable } from '#components/jobs/group-table.tsx'
import { jobsPath } from '#components/jobs/jobs-path.ts'
import type { DeadLetterGroup } from '#lib/dead-letters/list-dead-letters.ts'

/** Open dead letters grouped by error; each row opens its dead letters. */
export function DeadLetterGroups({
  groups,
  church,
}: {
  groups: readonly DeadLetterGroup[]
  church: string | undefined
}) {
  return (
    <GroupTable
      caption="Dead letters by what went wrong, the newest first"
      what="What went wrong, and what to do"
      counted="Letters"
      groups={groups.map((group) => ({
        ...group,
        href: jobsPath(`/dashboard/jobs/dead-letters/${group.fingerprint}`, { church }),
        title: group.reason,
        about: group.type,
      }))}
    />
  )
}
