import type { DeadLetterGroup } from '#lib/dead-letters/list-dead-letters.ts'
import { GroupTable } from './group-table.tsx'
import { jobsPath } from './jobs-path.ts'

/** Open dead letters grouped by error; each row opens its dead letters. */
export function LetterGroups({
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
