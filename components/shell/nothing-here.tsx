import { useTranslations } from '#components/messages/use-translations.ts'
import { ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'

/** Instead of a page that cannot be shown: why, and ways to go on. */
export function NothingHere({ title, text }: { title: string; text: string }) {
  const common = useTranslations('common')
  const shell = useTranslations('shell')
  return (
    <div className="page pt-16">
      <EmptyState
        level={1}
        title={title}
        action={
          <>
            <ButtonLink href="/" variant="primary">
              {common('goToSermons')}
            </ButtonLink>
            <ButtonLink href="/search">{shell('search')}</ButtonLink>
          </>
        }
      >
        <p>{text}</p>
      </EmptyState>
    </div>
  )
}
