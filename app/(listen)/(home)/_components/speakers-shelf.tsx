import Link from 'next/link'
import { Artwork } from '#components/artwork/artwork.tsx'
import { useTranslations } from '#components/messages/use-translations.ts'
import { textIn } from '#components/text/text-in.ts'
import type { SermonGroup } from '#lib/sermons/list-collections.ts'
import { Shelf } from './shelf.tsx'

/** The speakers with the most sermons. */
export function SpeakersShelf({ speakers }: { speakers: readonly SermonGroup[] }) {
  const t = useTranslations('library')
  const collection = useTranslations('collection')
  return (
    <Shelf id="speakers" href="/speakers" title={collection('speakerList')}>
      <ul className="mt-4 grid grid-cols-1 gap-x-8 gap-y-1 sm:grid-cols-2 lg:grid-cols-3">
        {speakers.map(({ slug, name, sermons }) => (
          <li key={slug} className="group relative flex min-h-16 items-center gap-3">
            <Artwork
              title={name}
              reference=""
              family={name}
              isSmall
              className="size-12 shrink-0 rounded-full"
            />
            <div className="min-w-0">
              <h3 {...textIn(null)} className="text-base leading-snug font-medium wrap-anywhere">
                <Link
                  href={`/speakers/${slug}`}
                  prefetch={false}
                  className="after:absolute after:inset-0 hover:underline"
                >
                  {name}
                </Link>
              </h3>
              <p className="text-xs text-faint">{t('count', { count: sermons })}</p>
            </div>
          </li>
        ))}
      </ul>
    </Shelf>
  )
}
