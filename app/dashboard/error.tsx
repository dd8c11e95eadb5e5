'use client'

import { Button } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { useRetryLater } from '#components/ui/use-retry-later.ts'

export default function DashboardError({ retry }: { error: Error; retry: () => void }) {
  useRetryLater(retry)
  return (
    <EmptyState
      level={1}
      title="This page could not be shown"
      action={
        <Button variant="primary" onClick={retry}>
          Try again
        </Button>
      }
    >
      Something failed on our side. Nothing you did is lost; uploads continue.
    </EmptyState>
  )
}
