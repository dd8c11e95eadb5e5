import { useTranslations } from '#components/messages/use-translations.ts'
import { ButtonLink } from './button.tsx'

/** The links below a page of a long list: to its first page, and to what follows. */
export function PageLinks({
  firstHref,
  nextHref,
  nextLabel,
}: {
  /** Null on the first page. */
  firstHref: string | null
  /** Null on the last page. */
  nextHref: string | null
  nextLabel: string
}) {
  const t = useTranslations('common')
  if (firstHref === null && nextHref === null) return null
  return (
    <p className="mt-8 flex flex-wrap justify-center gap-3">
      {firstHref === null ? null : (
        <ButtonLink href={firstHref} variant="quiet">
          {t('firstPage')}
        </ButtonLink>
      )}
      {nextHref === null ? null : <ButtonLink href={nextHref}>{nextLabel}</ButtonLink>}
    </p>
  )
}
