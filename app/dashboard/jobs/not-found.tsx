import { ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'

export default function JobsNotFound() {
  return (
    <EmptyState
      level={1}
      title="This is not here"
      action={<ButtonLink href="/dashboard/jobs">Back to the runs</ButtonLink>}
    >
      It may have been deleted, or it belongs to another church.
    </EmptyState>
  )
}
