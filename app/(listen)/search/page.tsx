import type { Metadata } from 'next'
import { headers } from 'next/headers'
import Link from 'next/link'
import { currentActor } from '#app/_server/actor.ts'
import { services } from '#app/_server/services.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { PlayMoment } from '#components/sermon/play-moment.tsx'
import { toTrack } from '#components/sermon/to-track.ts'
import { ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { AppError } from '#lib/errors.ts'
import { findCaller, paceRequest } from '#lib/rate-limits/pace-requests.ts'
import { chooseEmbedder } from '#lib/search/choose-embedder.ts'
import { findMatchingWords } from '#lib/search/find-matching-words.ts'
import { type PassageHit, searchPassages } from '#lib/search/search-passages.ts'
import { SearchForm } from '../_components/search-form.tsx'
import { FoundText } from './_components/found-text.tsx'

const LIMIT = 30

async function readQuery(searchParams: Promise<{ q?: string | string[] | undefined }>): Promise<string> {
  const { q } = await searchParams
  return typeof q === 'string' ? q.trim().slice(0, 200) : ''
}

export async function generateMetadata({ searchParams }: PageProps<'/search'>): Promise<Metadata> {
  const [t, query] = await Promise.all([readTranslations('search'), readQuery(searchParams)])
  return { title: query ? t('titleOfQuery', { query }) : t('title'), robots: query ? { index: false } : null }
}

export default async function SearchPage({ searchParams }: PageProps<'/search'>) {
  const [t, query] = await Promise.all([readTranslations('search'), readQuery(searchParams)])
  return (
    <div className="page pt-6 md:pt-10">
      <h1 className="title mb-5 text-2xl md:text-3xl">{t('title')}</h1>
      <SearchForm query={query} />
      {query ? (
        <Results query={query} />
      ) : (
        <>
          <p className="mt-5 max-w-prose text-base text-soft">{t('introduction')}</p>
          <p className="mt-5">
            <ButtonLink href="/bible">{t('browseBible')}</ButtonLink>
          </p>
        </>
      )}
    </div>
  )
}

async function Results({ query }: { query: string }) {
  const { db, env } = services()
  const [t, actor] = await Promise.all([readTranslations('search'), currentActor()])
  const pace = await paceRequest({ db, env }, 'search', findCaller(actor, await headers())).catch(refusalOf)
  if (pace instanceof AppError) return <EmptyState title={t('tooManyTitle')}>{t('tooManyText')}</EmptyState>
  const { hits, query: read } = await searchPassages(
    { db, embedder: chooseEmbedder(env) },
    {
      query,
      limit: LIMIT,
      perSermon: 4,
      scope: { memberOf: actor?.memberships.map(({ churchId }) => churchId) ?? [] },
    },
  )
  if (hits.length === 0) return <NothingFound query={query} />
  const words = await findMatchingWords({ db }, read, hits)
  return (
    <section aria-label={t('results')} className="mt-8 max-w-[46rem]">
      <p role="status" className="text-sm text-faint">
        {t('places', { count: hits.length })}
      </p>
      <Places hits={hits} words={words} />
    </section>
  )
}

/** Too many searches are explained in the page; anything else is a bug. */
function refusalOf(error: unknown): AppError {
  if (error instanceof AppError && error.code === 'rate_limited') return error
  throw error
}

function NothingFound({ query }: { query: string }) {
  const t = useTranslations('search')
  return (
    <EmptyState
      title={t('nothingTitle')}
      className="pb-10!"
      action={
        <ButtonLink href={`/ask?q=${encodeURIComponent(query)}`} variant="primary">
          {t('askInstead')}
        </ButtonLink>
      }
    >
      <p>{t('nothingText', { query })}</p>
    </EmptyState>
  )
}

/** Passages grouped by sermon, each with a button that plays it where there is a recording. */
function Places({ hits, words }: { hits: PassageHit[]; words: ReadonlySet<string> }) {
  return (
    <ol className="mt-2 divide-y divide-line">
      {groupBySermon(hits).map(([first, ...more]) => (
        <li key={first.sermonId} className="py-7">
          <h2 className="title text-lg">
            <Link href={`/sermons/${first.slug}`} className="underline-offset-4 hover:underline">
              {first.title}
            </Link>
          </h2>
          <p className="mt-0.5 text-xs text-faint">
            {[first.speaker, first.scripture].filter(Boolean).join(' · ')}
          </p>
          <div className="mt-4 flex flex-col gap-6">
            {[first, ...more].map((hit) => (
              <div key={hit.passageId} className="flex flex-col items-start gap-2.5 sm:flex-row sm:gap-5">
                {hit.isTextOnly ? null : (
                  <div className="sm:w-20 sm:shrink-0">
                    <PlayMoment
                      track={toTrack({ ...hit, id: hit.sermonId, durationMs: null })}
                      startMs={hit.startMs}
                      endMs={hit.endMs}
                    />
                  </div>
                )}
                <p className="font-serif text-base leading-relaxed text-pretty">
                  <FoundText text={hit.text} words={words} />
                </p>
              </div>
            ))}
          </div>
        </li>
      ))}
    </ol>
  )
}

/** The hits of each sermon together, the best sermon first. */
function groupBySermon(hits: readonly PassageHit[]): [PassageHit, ...PassageHit[]][] {
  const groups = new Map<string, [PassageHit, ...PassageHit[]]>()
  for (const hit of hits) {
    const group = groups.get(hit.sermonId)
    if (group) group.push(hit)
    else groups.set(hit.sermonId, [hit])
  }
  return [...groups.values()]
}
