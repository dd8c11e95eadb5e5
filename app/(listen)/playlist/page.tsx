import type { Metadata } from 'next'
import { readPageQuery } from '#app/_server/page-queries.ts'
import { services } from '#app/_server/services.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import { SermonRow } from '#components/sermon/sermon-card.tsx'
import { sermonTrack } from '#components/sermon/to-track.ts'
import { ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { listSermonsBySlug } from '#lib/sermons/list-sermons.ts'
import { PlayAll } from '../_components/play-all.tsx'
import { KeepPlaylist } from './_components/keep-playlist.tsx'

type Props = PageProps<'/playlist'>

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const t = await readTranslations('ownLibrary')
  // A listener wrote the name: search engines do not attribute it to the church.
  return {
    title: (await readPageQuery('/playlist', searchParams)).name || t('sharedPlaylist'),
    description: t('sharedDescription'),
    robots: { index: false },
  }
}

/** A playlist that was shared: its address holds the name and the sermons, nothing is stored here. */
export default async function PlaylistPage({ searchParams }: Props) {
  const { name: given, sermon } = await readPageQuery('/playlist', searchParams)
  const slugs = [sermon ?? []].flat()
  const [t, sermons] = await Promise.all([
    readTranslations('ownLibrary'),
    listSermonsBySlug(services(), { slugs }),
  ])
  const name = given || t('sharedPlaylist')
  const tracks = sermons
    .filter(({ facets }) => facets.media.status === 'ready')
    .map((listed) => sermonTrack(listed))
  return (
    <div className="page pt-6 md:pt-10">
      <p className="text-sm text-faint">{t('sharedPlaylist')}</p>
      <h1 dir="auto" className="title mt-1 text-2xl wrap-anywhere md:text-3xl">
        {name}
      </h1>
      {sermons.length === 0 ? (
        <EmptyState
          title={t('sharedNothing')}
          action={
            <ButtonLink href="/sermons" variant="primary">
              {t('browse')}
            </ButtonLink>
          }
        >
          {t('sharedNothingText')}
        </EmptyState>
      ) : (
        <>
          <p className="mt-2 text-sm text-soft">{t('playlistCount', { count: sermons.length })}</p>
          <div className="mt-3 flex flex-wrap items-center gap-3">
            <PlayAll tracks={tracks} />
            <KeepPlaylist name={name} tracks={tracks} />
          </div>
          <ul className="mt-8 divide-y divide-line border-t border-line">
            {sermons.map((listed) => (
              <li key={listed.id}>
                <SermonRow sermon={listed} level={2} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
