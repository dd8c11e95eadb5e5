'use client'

import { useEffect } from 'react'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  useEffect(() => {
    console.error(error)
  }, [error])
  return (
    <div className="page pt-16" role="alert">
      <EmptyState
        level={1}
        title="This page could not be shown"
        action={
          <>
            <Button variant="primary" onClick={() => retry()}>
              Try again
            </Button>
            <ButtonLink href="/">Go to the sermons</ButtonLink>
          </>
        }
      >
        <p>
          Something on our side did not answer. What you were listening to goes on; try again in a moment.
        </p>
      </EmptyState>
    </div>
  )
}
