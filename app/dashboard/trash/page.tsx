import type { Metadata } from 'next'
import { requirePageMember } from '#app/_server/actor.ts'
import { readPageQuery, type SearchParams } from '#app/_server/page-queries.ts'
import { services } from '#app/_server/services.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import { ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PageLinks } from '#components/ui/page-links.tsx'
import { listTrashedSermons } from '#lib/sermons/list-sermons.ts'
import { TrashedSermon } from './_components/trashed-sermon.tsx'

const PAGE_SIZE = 50

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('dashboard')
  return { title: t('trash') }
}

export default async function TrashPage({ searchParams }: { searchParams: SearchParams }) {
  const { churchId, role } = await requirePageMember('/dashboard/trash')
  const t = await readTranslations('dashboard')
  const { cursor } = await readPageQuery('/dashboard/trash', searchParams)
  const { sermons, next } = await listTrashedSermons(services(), {
    churchId,
    limit: PAGE_SIZE,
    cursor,
  })
  if (sermons.length === 0) {
    return (
      <EmptyState
        level={1}
        title={t('trashEmpty')}
        action={<ButtonLink href="/dashboard">{t('backToSermons')}</ButtonLink>}
      >
        {t('trashEmptyText')}
      </EmptyState>
    )
  }
  return (
    <>
      <h1 className="title pt-8 text-2xl">{t('trash')}</h1>
      <p className="mt-2 max-w-2xl text-sm text-soft">{t('trashText')}</p>
      <ul className="mt-6 border-t border-line">
        {sermons.map((sermon) => (
          <TrashedSermon
            key={sermon.id}
            sermon={sermon}
            canRestore={role !== 'viewer'}
            canDelete={role === 'owner'}
          />
        ))}
      </ul>
      <PageLinks
        firstHref={cursor ? '/dashboard/trash' : null}
        nextHref={next && `/dashboard/trash?${new URLSearchParams({ cursor: next })}`}
        nextLabel={t('olderTrash')}
      />
    </>
  )
}
