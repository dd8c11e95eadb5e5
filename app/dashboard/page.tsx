import Link from 'next/link'
import { requirePageMember } from '#app/_server/actor.ts'
import { readPageQuery, type SearchParams } from '#app/_server/page-queries.ts'
import { services } from '#app/_server/services.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import { ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PageLinks } from '#components/ui/page-links.tsx'
import { ChooseFiles } from '#components/upload/choose-files.tsx'
import { countDoubtfulReferences } from '#lib/scripture/review-references.ts'
import { listChurchSermons } from '#lib/sermons/list-sermons.ts'
import { listSuggestedSermons } from '#lib/sermons/review-suggestions.ts'
import { ChurchSteps } from './_components/church-steps.tsx'
import { DropAnywhere } from './_components/drop-anywhere.tsx'
import { PausedNotice } from './_components/paused-notice.tsx'
import { SermonFilter } from './_components/sermon-filter.tsx'
import { SermonList } from './_components/sermon-list.tsx'
import { UploadPanel } from './_components/upload-panel.tsx'

const pageSize = 50

export default async function DashboardPage({ searchParams }: { searchParams: SearchParams }) {
  const { churchId, role } = await requirePageMember('/dashboard')
  const [t, upload] = await Promise.all([readTranslations('dashboard'), readTranslations('upload')])
  const { q: text = '', cursor = '' } = await readPageQuery('/dashboard', searchParams)
  const canEdit = role !== 'viewer'
  const { sermons, next } = await listChurchSermons(services(), {
    churchId,
    limit: pageSize,
    ...(text ? { text } : {}),
    ...(cursor ? { cursor } : {}),
  })
  const doubtful = await countDoubtfulReferences(services(), { churchId })
  const suggested = await listSuggestedSermons(services(), { churchId })
  const isEmpty = sermons.length === 0 && !text && !cursor
  const onlySamples = !isEmpty && !text && !cursor && sermons.every(({ isSample }) => isSample)

  return (
    <>
      <div className="flex flex-wrap items-end gap-x-6 gap-y-4 pt-8 pb-6">
        <h1 className="title flex-1 text-2xl">{t('sermons')}</h1>
        {isEmpty ? null : <SermonFilter text={text} />}
        {canEdit ? <ButtonLink href="/dashboard/sermons/add-text">{t('addText')}</ButtonLink> : null}
        {canEdit && !isEmpty ? <ChooseFiles>{upload('upload')}</ChooseFiles> : null}
      </div>
      {canEdit ? (
        <>
          <UploadPanel />
          <DropAnywhere />
        </>
      ) : null}
      {canEdit && onlySamples ? <ChurchSteps churchId={churchId} isOwner={role === 'owner'} /> : null}
      <PausedNotice sermons={sermons} />
      <SermonList
        sermons={sermons}
        churchId={churchId}
        canEdit={canEdit}
        isFiltered={text !== '' || cursor !== ''}
      />
      {isEmpty && !canEdit ? <EmptyState title={t('emptyTitle')}>{t('emptyText')}</EmptyState> : null}
      {sermons.length === 0 && text ? (
        <EmptyState
          title={t('noMatchTitle', { text })}
          action={<ButtonLink href="/dashboard">{t('showAllSermons')}</ButtonLink>}
        >
          {t('noMatchText')}
        </EmptyState>
      ) : null}
      {cursor ? null : (
        <p className="mt-8 flex flex-wrap justify-center gap-x-6 gap-y-2 text-sm">
          <Link href="/dashboard/names" className="text-soft">
            {t('namesLink')}
          </Link>
          <Link href="/dashboard/trash" className="text-soft">
            {t('trash')}
          </Link>
          {suggested.map(({ id, title, waiting }) => (
            <Link key={id} href={`/dashboard/sermons/${id}/transcript`} className="text-soft">
              {t('suggestions', { count: waiting, title })}
            </Link>
          ))}
          {doubtful > 0 ? (
            <Link href="/dashboard/references" className="ml-6 text-soft">
              {t('doubtfulReferences', { count: doubtful })}
            </Link>
          ) : null}
        </p>
      )}
      <PageLinks
        firstHref={cursor ? `/dashboard${text && `?${new URLSearchParams({ q: text })}`}` : null}
        nextHref={next && `/dashboard?${new URLSearchParams({ ...(text ? { q: text } : {}), cursor: next })}`}
        nextLabel={t('olderSermons')}
      />
    </>
  )
}
