'use client'

import { Button } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { useRetryLater } from '#components/ui/use-retry-later.ts'

export default function JobsError({ retry }: { error: Error; retry: () => void }) {
  useRetryLater(retry)
  return (
    <EmptyState
      level={1}
      title="This cannot be shown just now"
      action={
        <Button variant="primary" onClick={retry}>
          Look again
        </Button>
      }
    >
      The database did not answer in time. Requested work is kept and continues.
    </EmptyState>
  )
}
