import { currentChurch } from '#app/_server/church.ts'
import { services } from '#app/_server/services.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { SermonRow } from '#components/sermon/sermon-card.tsx'
import { PageLinks } from '#components/ui/page-links.tsx'
import { collectionFolders } from '#lib/sermons/collection-kind.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'
import { collectionTrail } from '#lib/sharing/sermon-data.ts'
import { CollectionHeader } from './collection-header.tsx'
import { FollowSeries } from './follow-series.tsx'
import { type CollectionProps, type PageKind, readCollection } from './read-collection.ts'
import type { Extent } from './read-extent.ts'
import { StructuredData } from './structured-data.tsx'

const lists = { ...collectionFolders, year: 'years' } as const

/** The page of a series, speaker, topic or year, with its sermons, newest first. */
export async function CollectionPage({ kind, ...props }: CollectionProps & { kind: PageKind }) {
  const [{ id: _, cover: __, ...collection }, church] = await Promise.all([
    readCollection(kind, props),
    currentChurch(),
  ])
  const site = { siteUrl: services().env.SITE_URL, churchName: church?.name ?? null }
  return <SermonCollection kind={kind} site={site} {...collection} />
}

function SermonCollection({
  kind,
  name,
  slug,
  path,
  description,
  sermons,
  extent,
  firstHref,
  nextHref,
  feedHref,
  site,
}: {
  kind: PageKind
  name: string
  slug: string
  path: string
  description: string
  /** The sermons of this page. */
  sermons: SermonView[]
  extent: Extent
  firstHref: string | null
  nextHref: string | null
  feedHref: string
  site: { siteUrl: string; churchName: string | null }
}) {
  const t = useTranslations('collection')
  const list = { list: t(`${kind}List`), listPath: `/${lists[kind]}` }
  return (
    <div className="page pt-6 md:pt-10">
      <StructuredData data={collectionTrail({ ...list, name, path }, site)} />
      <CollectionHeader
        {...{ name, description, extent, feedHref }}
        list={{ name: list.list, path: list.listPath }}
        action={kind === 'series' ? <FollowSeries slug={slug} title={name} /> : null}
      />
      <ul className="mt-8 divide-y divide-line border-t border-line">
        {sermons.map((sermon) => (
          <li key={sermon.id}>
            <SermonRow sermon={sermon} level={2} />
          </li>
        ))}
      </ul>
      <PageLinks {...{ firstHref, nextHref }} nextLabel={t('earlier')} />
    </div>
  )
}
