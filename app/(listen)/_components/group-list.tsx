import Link from 'next/link'
import { Artwork } from '#components/artwork/artwork.tsx'
import { useTranslations } from '#components/messages/use-translations.ts'
import { textIn } from '#components/text/text-in.ts'
import { EmptyState } from '#components/ui/empty-state.tsx'
import type { SermonGroup } from '#lib/sermons/list-collections.ts'

/** Every series, speaker, topic or year, each with how much there is of it. */
export function GroupList({
  title,
  base,
  groups,
}: {
  title: string
  base: '/series' | '/speakers' | '/topics' | '/years'
  groups: SermonGroup[]
}) {
  const t = useTranslations('library')
  return (
    <div className="page pt-6 md:pt-10">
      <h1 className="title text-2xl md:text-3xl">{title}</h1>
      {groups.length === 0 ? <EmptyState title={t('nothingYet')} /> : null}
      <ul className="mt-6 divide-y divide-line border-t border-line">
        {groups.map(({ slug, name, sermons, years }) => (
          <li key={slug} className="group relative flex items-center gap-4 py-3.5">
            <Artwork
              title={name}
              reference=""
              family={name}
              isSmall
              className="size-16 shrink-0 rounded-sm sm:size-18"
            />
            <div className="min-w-0 flex-1">
              <h2 {...textIn(null)} className="font-serif text-base leading-snug font-semibold wrap-anywhere">
                <Link
                  href={`${base}/${slug}`}
                  prefetch={false}
                  className="after:absolute after:inset-0 hover:underline"
                >
                  {name}
                </Link>
              </h2>
              <p className="mt-0.5 text-xs text-faint">
                {[t('count', { count: sermons }), years && writeYears(years)].filter(Boolean).join(' · ')}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </div>
  )
}

const writeYears = ({ from, to }: { from: number; to: number }) => (from === to ? `${to}` : `${from}–${to}`)
