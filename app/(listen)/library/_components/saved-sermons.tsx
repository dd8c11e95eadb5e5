'use client'

import { WifiOff } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { canSave } from '#components/offline/saved-audio.ts'
import { useNetwork, useOffline } from '#components/offline/use-offline.ts'
import { ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { SavedReader } from './saved-reader.tsx'
import { SavedRoom } from './saved-room.tsx'
import { SavedRow } from './saved-row.tsx'

const watchHash = (listener: () => void) => {
  window.addEventListener('hashchange', listener)
  return () => window.removeEventListener('hashchange', listener)
}
const never = () => () => {}

/** The saved sermons, or the one that the address names by `#/sermons/<slug>`. */
export function SavedSermons() {
  const t = useTranslations('ownLibrary')
  const { saved } = useOffline()
  const isOnline = useNetwork()
  const isPossible = useSyncExternalStore(never, canSave, () => true)
  const page = useSyncExternalStore(
    watchHash,
    () => decodeURIComponent(location.hash.slice(1)),
    () => '',
  )
  const opened = page.startsWith('/') ? saved?.find(({ track }) => track.pageHref === page) : undefined
  return (
    <>
      {isOnline ? null : (
        <p role="status" className="mt-5 flex items-center gap-2.5 text-sm text-soft">
          <WifiOff aria-hidden size={18} className="shrink-0 text-accent" />
          {t('offline')}
        </p>
      )}
      {saved === null ? (
        <Skeleton className="mt-8 h-20 w-full" />
      ) : opened ? (
        <SavedReader sermon={opened} />
      ) : (
        <section aria-labelledby="saved" className="mt-8">
          <h2 id="saved" className="title text-xl">
            {t('savedTitle')}
          </h2>
          {page.startsWith('/') && !isOnline ? (
            <p className="mt-3 text-sm text-soft">{t('notSaved')}</p>
          ) : null}
          {isPossible ? null : <p className="mt-3 text-sm text-soft">{t('notPossible')}</p>}
          {saved.length === 0 ? (
            <EmptyState
              level={3}
              title={t('emptyTitle')}
              action={
                <ButtonLink href="/sermons" variant="primary">
                  {t('browse')}
                </ButtonLink>
              }
            >
              {t('emptyText')}
            </EmptyState>
          ) : (
            <>
              <ul className="mt-4 divide-y divide-line border-y border-line">
                {saved.map((sermon) => (
                  <SavedRow key={sermon.track.id} sermon={sermon} />
                ))}
              </ul>
              <SavedRoom saved={saved} />
            </>
          )}
        </section>
      )}
    </>
  )
}
