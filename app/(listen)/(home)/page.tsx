import type { Metadata } from 'next'
import { services } from '#app/_server/services.ts'
import { groupSeries } from '#components/sermon/group-series.ts'
import { LatestSermon } from '#components/sermon/latest-sermon.tsx'
import { SeriesRow } from '#components/sermon/series-row.tsx'
import { SermonRow } from '#components/sermon/sermon-card.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { listPublishedSermons } from '#lib/sermons/list-sermons.ts'
import { SearchForm } from '../_components/search-form.tsx'
import { FirstSteps } from './_components/first-steps.tsx'
import { RenewWhile } from './_components/renew-while.tsx'

export const metadata: Metadata = { title: { absolute: 'Selah: listen, read along, ask' } }

const PAGE_SIZE = 30

export default async function HomePage({ searchParams }: PageProps<'/'>) {
  const { after } = await searchParams
  const cursor = typeof after === 'string' ? after : undefined
  const { sermons, next } = await listPublishedSermons(services(), { limit: PAGE_SIZE, cursor })
  if (sermons.length === 0 && !cursor) return <FirstSteps />

  // What cannot be heard yet is not offered first.
  const latest = cursor
    ? undefined
    : (sermons.find(({ facets }) => facets.media.status === 'ready') ?? sermons[0])
  const others = sermons.filter((sermon) => sermon !== latest)
  const series = cursor ? [] : groupSeries(sermons)
  const isMoving = sermons.some(({ facets }) => ['pending', 'running'].includes(facets.media.status))
  return (
    <div className="page pt-6 md:pt-9">
      {isMoving ? <RenewWhile /> : null}
      <div className="flex flex-wrap items-center gap-x-10 gap-y-4">
        <h1 className={cursor ? 'title text-2xl' : 'sr-only'}>{cursor ? 'Earlier sermons' : 'Sermons'}</h1>
        <SearchForm />
      </div>

      {latest ? <LatestSermon sermon={latest} /> : null}

      {series.map(({ slug, title, sermons: inSeries }) => (
        <SeriesRow key={slug} slug={slug} title={title} sermons={inSeries} />
      ))}

      {others.length > 0 ? (
        <section className="mt-12 md:mt-16" aria-labelledby="more-sermons">
          <h2 id="more-sermons" className={cursor ? 'sr-only' : 'title text-xl'}>
            {cursor ? 'Sermons' : 'Newest first'}
          </h2>
          <ul className="mt-3 divide-y divide-line">
            {others.map((sermon) => (
              <li key={sermon.id}>
                <SermonRow sermon={sermon} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}

      {next ? (
        <p className="mt-8 text-center">
          <ButtonLink href={`/?after=${encodeURIComponent(next)}`}>Earlier sermons</ButtonLink>
        </p>
      ) : null}
    </div>
  )
}
