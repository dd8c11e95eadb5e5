import type { Metadata } from 'next'
import { readTranslations } from '#components/messages/read-translations.ts'
import { NothingHere } from '#components/shell/nothing-here.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('errors')
  return { title: t('badAddressTitle'), robots: { index: false } }
}

/** Parameters that say where a page of a list begins. */
const cursors = ['after', 'cursor']

/**
 * Explains that the parameter `name` of an address has a value that its page does not accept; `without` is the address
 * without it. Without a `name` the address itself cannot be read. The proxy shows this page, with status 400, in place of
 * the other one.
 */
export default async function BadAddressPage({ searchParams }: PageProps<'/bad-address'>) {
  const [t, common, { name, without }] = await Promise.all([
    readTranslations('errors'),
    readTranslations('common'),
    searchParams,
  ])
  if (name === undefined)
    return <NothingHere title={t('badAddressTitle')} text={t('unreadableAddressText')} />
  const isCursor = cursors.some((cursor) => cursor === name)
  return (
    <div className="page pt-16">
      <EmptyState
        level={1}
        title={t('badAddressTitle')}
        action={
          <>
            <ButtonLink href={String(without)} variant="primary">
              {t(isCursor ? 'openFirstPage' : 'openWithout')}
            </ButtonLink>
            <ButtonLink href="/">{common('goToSermons')}</ButtonLink>
          </>
        }
      >
        <p>{isCursor ? t('badCursorText') : t('badAddressText', { name: String(name) })}</p>
      </EmptyState>
    </div>
  )
}
