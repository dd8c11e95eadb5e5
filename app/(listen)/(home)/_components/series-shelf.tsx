import Link from 'next/link'
import { Artwork } from '#components/artwork/artwork.tsx'
import { useTranslations } from '#components/messages/use-translations.ts'
import { textIn } from '#components/text/text-in.ts'
import type { SermonGroup } from '#lib/sermons/list-collections.ts'
import { Shelf, ShelfRow } from './shelf.tsx'

/** The latest series, as a row of their artwork. */
export function SeriesShelf({ series }: { series: readonly SermonGroup[] }) {
  const t = useTranslations('library')
  const collection = useTranslations('collection')
  return (
    <Shelf id="series" href="/series" title={collection('seriesList')}>
      <ShelfRow>
        {series.map(({ slug, name, sermons }) => (
          <li key={slug} className="group relative w-36 shrink-0 snap-start scroll-ml-5 md:w-40">
            <Artwork
              title={name}
              reference=""
              family={name}
              className="w-full transition-opacity duration-150 group-hover:opacity-92"
            />
            <h3
              {...textIn(null)}
              className="mt-3 line-clamp-3 font-serif text-base leading-snug font-semibold wrap-anywhere"
            >
              <Link
                href={`/series/${slug}`}
                prefetch={false}
                className="after:absolute after:inset-0 hover:underline"
              >
                {name}
              </Link>
            </h3>
            <p className="mt-0.5 text-xs text-faint">{t('count', { count: sermons })}</p>
          </li>
        ))}
      </ShelfRow>
    </Shelf>
  )
}
