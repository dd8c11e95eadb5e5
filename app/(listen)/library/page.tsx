import type { Metadata } from 'next'
import { ClientMessages } from '#components/messages/client-messages.tsx'
import { readTranslations } from '#components/messages/read-translations.ts'
import { ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { BookmarkList } from './_components/bookmark-list.tsx'
import { FollowLibrary } from './_components/follow-library.tsx'
import { FollowedList } from './_components/followed-series.tsx'
import { LibraryAccount } from './_components/library-account.tsx'
import { ListeningLists } from './_components/listening-lists.tsx'
import { Playlists } from './_components/playlists.tsx'
import { SavedSermons } from './_components/saved-sermons.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('ownLibrary')
  // It shows what is in the browser of the reader, which a search engine has nothing of.
  return { title: t('title'), description: t('description'), robots: { index: false } }
}

/** What a listener keeps, in this browser and in their account. The service worker opens this page without a network. */
export default async function LibraryPage() {
  const t = await readTranslations('ownLibrary')
  return (
    <div className="page pt-6 md:pt-10">
      <h1 className="title text-2xl md:text-3xl">{t('title')}</h1>
      <noscript>
        <EmptyState
          level={2}
          title={t('needsScriptTitle')}
          action={
            <ButtonLink href="/sermons" variant="primary">
              {t('browse')}
            </ButtonLink>
          }
        >
          {t('needsScriptText')}
        </EmptyState>
      </noscript>
      <ClientMessages areas={['ownLibrary', 'sermon', 'suggest', 'share', 'clips', 'failures']}>
        <FollowLibrary />
        <LibraryAccount />
        <SavedSermons />
        <FollowedList />
        <Playlists />
        <BookmarkList />
        <ListeningLists />
      </ClientMessages>
    </div>
  )
}
