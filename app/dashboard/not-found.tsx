import { ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'

export default function DashboardNotFound() {
  return (
    <EmptyState
      level={1}
      title="This is not here"
      action={<ButtonLink href="/dashboard">Back to your sermons</ButtonLink>}
    >
      It may have been removed, or it belongs to another church.
    </EmptyState>
  )
}
