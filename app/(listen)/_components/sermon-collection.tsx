import Link from 'next/link'
import { services } from '#app/_server/services.ts'
import { Artwork } from '#components/artwork/artwork.tsx'
import { useLanguage } from '#components/messages/use-language.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import type { Track } from '#components/player/track.ts'
import { SermonRow } from '#components/sermon/sermon-card.tsx'
import { titleSize } from '#components/sermon/title-size.ts'
import { textIn } from '#components/text/text-in.ts'
import { ButtonLink } from '#components/ui/button.tsx'
import { formatDuration } from '#components/ui/format-duration.ts'
import { collectionFolders } from '#lib/sermons/collection-kind.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'
import { collectionTrail } from '#lib/sharing/sermon-data.ts'
import { FeedLink } from './feed-link.tsx'
import { FollowSeries } from './follow-series.tsx'
import { PlayAll } from './play-all.tsx'
import { type CollectionProps, type PageKind, readCollection } from './read-collection.ts'
import { StructuredData } from './structured-data.tsx'

const lists = { ...collectionFolders, year: 'years' } as const

/** The page of a series, speaker, topic or year, with its sermons, newest first. */
export async function CollectionPage({ kind, ...props }: CollectionProps & { kind: PageKind }) {
  const { id: _, cover: __, ...collection } = await readCollection(kind, props)
  return <SermonCollection kind={kind} siteUrl={services().env.SITE_URL} {...collection} />
}

function SermonCollection({
  kind,
  name,
  slug,
  path,
  description,
  sermons,
  tracks,
  nextHref,
  feedHref,
  total,
  lengthMs,
  siteUrl,
}: {
  kind: PageKind
  name: string
  slug: string
  path: string
  description: string
  /** The sermons of this page. */
  sermons: SermonView[]
  /** What can be heard of all pages, in the order in which it was preached. */
  tracks: Track[]
  nextHref: string | null
  feedHref: string
  /** How many sermons there are on all pages, and how long they are together. */
  total: number
  lengthMs: number
  siteUrl: string
}) {
  const t = useTranslations('collection')
  const language = useLanguage()
  const list = { list: t(`${kind}List`), listPath: `/${lists[kind]}` }
  return (
    <div className="page pt-6 md:pt-10">
      <StructuredData data={collectionTrail({ ...list, name, path }, siteUrl)} />
      <header className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-5 gap-y-3 md:grid-cols-[11rem_minmax(0,1fr)] md:grid-rows-[auto_1fr] md:gap-x-8">
        <Artwork title={name} reference="" family={name} className="md:row-span-2" />
        <div className="self-end md:self-start">
          <p className="text-sm">
            <Link href={list.listPath} className="text-soft underline-offset-4 hover:underline">
              {list.list}
            </Link>
          </p>
          <h1 {...textIn(null)} className={`title mt-1 wrap-anywhere ${titleSize(name)}`}>
            {name}
          </h1>
          <p className="mt-2 text-sm text-soft">
            {t('count', { count: total })}
            {lengthMs > 0 ? ` · ${formatDuration(lengthMs, language)}` : ''}
          </p>
        </div>
        <div className="col-span-2 md:col-span-1">
          {description ? (
            <p {...textIn(null)} className="mb-3 max-w-prose text-base whitespace-pre-line">
              {description}
            </p>
          ) : null}
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <PlayAll tracks={tracks} />
            {kind === 'series' ? <FollowSeries slug={slug} title={name} /> : null}
            <FeedLink href={feedHref} />
          </div>
        </div>
      </header>
      <ul className="mt-8 divide-y divide-line border-t border-line">
        {sermons.map((sermon) => (
          <li key={sermon.id}>
            <SermonRow sermon={sermon} level={2} />
          </li>
        ))}
      </ul>
      {nextHref ? (
        <p className="mt-8 text-center">
          <ButtonLink href={nextHref}>{t('earlier')}</ButtonLink>
        </p>
      ) : null}
    </div>
  )
}
