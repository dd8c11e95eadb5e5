import type { Metadata } from 'next'
import { headers } from 'next/headers'
import Link from 'next/link'
import { currentActor } from '#app/_server/actor.ts'
import { readPageQuery } from '#app/_server/page-queries.ts'
import { services } from '#app/_server/services.ts'
import { textFragment } from '#components/ask/quote-text.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { PlayMoment } from '#components/sermon/play-moment.tsx'
import { toTrack } from '#components/sermon/to-track.ts'
import { readingIn, textIn } from '#components/text/text-in.ts'
import { ButtonLink } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Pill, StatusPill } from '#components/ui/pill.tsx'
import { AppError } from '#lib/errors.ts'
import { findCaller, limitRequest } from '#lib/rate-limits/limit-requests.ts'
import { chooseEmbedder } from '#lib/search/choose-embedder.ts'
import { chooseReranker } from '#lib/search/choose-reranker.ts'
import { correctQueryText } from '#lib/search/correct-query-text.ts'
import { findMarks, type MarkedQuery } from '#lib/search/find-marks.ts'
import { findMatchingWords } from '#lib/search/find-matching-words.ts'
import { findMeantReference } from '#lib/search/find-meant-reference.ts'
import { findNamedGroups, readSearchOptions, type SearchOptions } from '#lib/search/read-search-options.ts'
import { type SearchAddress, scopeOfAddress } from '#lib/search/search-address.ts'
import { type PassageHit, searchPassages } from '#lib/search/search-passages.ts'
import { collectionPath } from '#lib/sermons/collection-kind.ts'
import { listPublishedSermons } from '#lib/sermons/list-sermons.ts'
import { SearchField } from '../_components/search-form.tsx'
import { FoundText } from './_components/found-text.tsx'
import { SearchAsYouType } from './_components/search-as-you-type.tsx'
import { SearchFilters } from './_components/search-filters.tsx'

const LIMIT = 72
const MOST_SERMONS = 24
const PER_SERMON = 4
const MAX_GROUPS = 6
const LATEST = 3
const MAX_BOOKS = 12

export async function generateMetadata({ searchParams }: PageProps<'/search'>): Promise<Metadata> {
  const [t, { q: query }] = await Promise.all([
    readTranslations('search'),
    readPageQuery('/search', searchParams),
  ])
  return { title: query ? t('titleOfQuery', { query }) : t('title'), robots: query ? { index: false } : null }
}

export default async function SearchPage({ searchParams }: PageProps<'/search'>) {
  const [t, address, actor] = await Promise.all([
    readTranslations('search'),
    readPageQuery('/search', searchParams),
    currentActor(),
  ])
  const memberOf = actor?.memberships.map(({ churchId }) => churchId) ?? []
  const options = await readSearchOptions(services(), { memberOf })
  return (
    <div className="page pt-6 md:pt-10">
      <h1 className="title mb-5 text-2xl md:text-3xl">{t('title')}</h1>
      <search>
        <SearchAsYouType>
          <div className="w-full max-w-xl">
            <SearchField query={address.q} />
          </div>
          <SearchFilters address={address} options={options} />
        </SearchAsYouType>
      </search>
      {address.q ? (
        <Results address={address} options={options} memberOf={memberOf} />
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

/** Offers the reference that is meant where the name of its book is misspelled. */
function MeantReference({ address, meant }: { address: SearchAddress; meant: string }) {
  const t = useTranslations('search')
  return (
    <p className="mb-3 text-base">
      {t.rich('meant', {
        query: meant,
        link: (text) => (
          <Link
            href={`/search?${new URLSearchParams({ ...address, q: meant })}`}
            className="underline underline-offset-4"
          >
            {text}
          </Link>
        ),
      })}
    </p>
  )
}

async function Results({
  address,
  options,
  memberOf,
}: {
  address: SearchAddress
  options: SearchOptions
  memberOf: readonly string[]
}) {
  const { db, env } = services()
  const { q: query } = address
  const t = await readTranslations('search')
  const actor = await currentActor()
  const refusal = await limitRequest({ db, env }, 'search', findCaller(actor, await headers())).catch(
    refusalOf,
  )
  if (refusal instanceof AppError)
    return <EmptyState title={t('tooManyTitle')}>{t('tooManyText')}</EmptyState>
  const { hits, query: read } = await searchPassages(
    { db, embedder: chooseEmbedder(env), reranker: chooseReranker(env) },
    {
      query,
      limit: LIMIT,
      perSermon: PER_SERMON,
      sermons: MOST_SERMONS,
      keepSpelling: address.spelling === 'typed',
      scope: { memberOf, ...scopeOfAddress(address) },
    },
  )
  const kinds = [
    { kind: 'speaker', found: findNamedGroups(query, options.speakers, { isPerson: true }) },
    { kind: 'series', found: findNamedGroups(query, options.series, { isPerson: false }) },
    { kind: 'topic', found: findNamedGroups(query, options.topics, { isPerson: false }) },
  ] as const
  const groups = kinds
    .flatMap(({ kind, found }) =>
      found.map((group) => ({ ...group, href: collectionPath(kind, group.slug), kind: t(kind) })),
    )
    .slice(0, MAX_GROUPS)
  const meant = address.spelling === 'typed' ? null : await findMeantReference({ db }, query)
  // What is offered has the other words right too, so that there is one message about the spelling.
  const offer =
    meant === null ? null : (
      <MeantReference address={address} meant={correctQueryText({ ...read, text: meant }) ?? meant} />
    )
  if (hits.length === 0 && groups.length === 0)
    return (
      <>
        {offer}
        <NothingFound address={address} options={options} />
      </>
    )
  const { own, all: words } = await findMatchingWords({ db }, read, hits)
  const marked = { words, references: read.references, isReference: read.isReference }
  const sermons = groupBySermon(hits)
  const corrected = meant === null && hits.length > 0 ? correctQueryText(read) : null
  return (
    <section aria-label={t('results')} className="mt-8 max-w-[46rem]">
      {offer}
      {corrected === null ? null : (
        <p className="mb-3 text-base">
          {t.rich('corrected', { query: () => <strong>{corrected}</strong> })}{' '}
          <Link
            href={`/search?${new URLSearchParams({ ...address, spelling: 'typed' })}`}
            className="underline underline-offset-4"
          >
            {t('asTyped', { query })}
          </Link>
        </p>
      )}
      <p role="status" className="text-sm text-faint">
        {t(sermons.length < MOST_SERMONS ? 'places' : 'bestPlaces', {
          count: hits.length,
          sermons: sermons.length,
        })}
      </p>
      {groups.length > 0 ? (
        <ul aria-label={t('peopleAndSeries')} className="mt-4 flex flex-wrap gap-2">
          {groups.map(({ href, name, kind }) => (
            <li key={href} className="max-w-full">
              <ButtonLink href={href} className="max-w-full whitespace-normal! text-left">
                <bdi>{name}</bdi>
                <span className="ml-2 text-xs text-faint">{kind}</span>
              </ButtonLink>
            </li>
          ))}
        </ul>
      ) : null}
      <ol className="mt-2 divide-y divide-line">
        {sermons.map(([first, ...more]) => (
          <li key={first.sermonId} className="py-7">
            <h2 {...textIn(first.language)} className="title text-lg">
              <Link href={`/sermons/${first.slug}`} className="underline-offset-4 hover:underline">
                {first.title}
              </Link>
            </h2>
            <p className="mt-0.5 text-xs text-faint">
              <bdi>{[first.speaker, first.series, first.scripture].filter(Boolean).join(' · ')}</bdi>
            </p>
            <div className="mt-4">
              <Place hit={first} marked={marked} own={own} />
            </div>
            {more.length > 0 ? (
              <details className="mt-4">
                <summary className="w-fit cursor-pointer text-sm text-soft hover:text-ink">
                  {t('more', { count: more.length })}
                </summary>
                <div className="mt-4 flex flex-col gap-6">
                  {more.map((hit) => (
                    <Place key={hit.passageId} hit={hit} marked={marked} own={own} />
                  ))}
                </div>
              </details>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Too many searches are explained in the page; anything else is a bug. */
function refusalOf(error: unknown): AppError {
  if (error instanceof AppError && error.code === 'rate_limited') return error
  throw error
}

/** Shown when nothing matches, with other things to try. */
async function NothingFound({ address, options }: { address: SearchAddress; options: SearchOptions }) {
  const [t, { sermons }] = await Promise.all([
    readTranslations('search'),
    listPublishedSermons(services(), { limit: LATEST }),
  ])
  const query = encodeURIComponent(address.q)
  const isFiltered = [address.speaker, address.series, address.book, address.year].some(
    (filter) => filter !== '',
  )
  return (
    <EmptyState
      title={t('nothingTitle')}
      className="pb-10!"
      action={
        <span className="flex flex-wrap justify-center gap-3">
          {isFiltered ? <ButtonLink href={`/search?q=${query}`}>{t('withoutFilters')}</ButtonLink> : null}
          <ButtonLink href={`/ask?q=${query}`} variant="primary">
            {t('askInstead')}
          </ButtonLink>
        </span>
      }
    >
      <p>{t('nothingText', { query: address.q })}</p>
      {sermons.length > 0 ? <p className="mt-6 text-sm text-faint">{t('latest')}</p> : null}
      <ul className="mt-1">
        {sermons.map(({ id, slug, title, language }) => (
          <li key={id} {...textIn(language)}>
            <Link href={`/sermons/${slug}`} className="underline underline-offset-4">
              {title}
            </Link>
          </li>
        ))}
      </ul>
      {options.books.length > 0 ? (
        <>
          <p className="mt-6 text-sm text-faint">{t('preachedBooks')}</p>
          <ul className="mt-1 flex flex-wrap justify-center gap-x-4">
            {options.books.slice(0, MAX_BOOKS).map(({ slug, name }) => (
              <li key={slug}>
                <Link href={`/bible/${slug}`} className="underline underline-offset-4">
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </EmptyState>
  )
}

/** A passage with a button that plays it, or a link to read it without a recording. `own` are words of the query itself. */
function Place({ hit, marked, own }: { hit: PassageHit; marked: MarkedQuery; own: ReadonlySet<string> }) {
  const t = useTranslations('search')
  const sharesWord = (hit.text.match(/[\p{L}\p{M}\p{N}’']+/gu) ?? []).some((word) =>
    own.has(word.toLowerCase()),
  )
  const isByMeaning = !sharesWord && hit.heading === 0 && hit.scriptureFit === 0
  return (
    <div className="flex flex-col items-start gap-2.5 sm:flex-row sm:gap-5">
      <div className="sm:w-20 sm:shrink-0">
        {hit.isTextOnly ? (
          <Link
            href={`/sermons/${hit.slug}#:~:text=${textFragment(hit.text)}`}
            className="text-sm text-accent underline-offset-4 hover:underline"
          >
            {t('read')}
          </Link>
        ) : (
          <PlayMoment
            track={toTrack({ ...hit, id: hit.sermonId, durationMs: null })}
            startMs={hit.startMs}
            endMs={hit.endMs}
          />
        )}
      </div>
      <div>
        <p {...readingIn(hit.language)} className="font-serif text-base leading-relaxed text-pretty">
          <FoundText text={hit.text} marks={findMarks(hit.text, marked)} />
        </p>
        {isByMeaning || hit.isDraft ? (
          <p className="mt-1.5 flex flex-wrap gap-2">
            {isByMeaning ? <Pill>{t('closeInMeaning')}</Pill> : null}
            {hit.isDraft ? <StatusPill tone="warn">{t('draft')}</StatusPill> : null}
          </p>
        ) : null}
      </div>
    </div>
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
