import type { Metadata } from 'next'
import { ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'

export const metadata: Metadata = { title: 'Not here' }

export default function NotFound() {
  return (
    <div className="page pt-16">
      <EmptyState
        level={1}
        title="There is nothing here"
        action={
          <>
            <ButtonLink href="/" variant="primary">
              Go to the sermons
            </ButtonLink>
            <ButtonLink href="/search">Search</ButtonLink>
          </>
        }
      >
        <p>This page may have been moved, removed, or not published yet.</p>
      </EmptyState>
    </div>
  )
}
