import { z } from 'zod'
import { pageQueries, withoutEmpty } from '#app/_server/page-queries.ts'
import { services } from '#app/_server/services.ts'
import type { Actor } from '#lib/auth/actor.ts'
import { findVisibleClip } from '#lib/clips/find-clip.ts'
import { AppError } from '#lib/errors.ts'
import { readQuery } from '#lib/http/read-address-query.ts'
import { bookBySlug } from '#lib/scripture/bible-books.ts'
import { hasVisibleSermon } from '#lib/search/search-scope.ts'
import { type CollectionKind, collectionFilter } from '#lib/sermons/collection-kind.ts'
import { findForwardedSlug } from '#lib/sermons/collections.ts'
import { readYear, type SermonFilter } from '#lib/sermons/filter-sermons.ts'
import { findVisibleSermon } from '#lib/sermons/find-sermon.ts'
import { listPublishedSermons } from '#lib/sermons/list-sermons.ts'
import { isStorable } from '#lib/text/clean-text.ts'

type Texts = Record<string, string>

/**
 * What is wrong with the address of a page: nothing is there, it is no text, a parameter has a value that the page does not
 * accept, or a parameter has the former address of a speaker, series or topic, with `slug` after it.
 */
export type AddressProblem =
  | { kind: 'not-found' }
  | { kind: 'unreadable' }
  | { kind: 'refused'; name: string }
  | { kind: 'moved'; name: string; slug: string }

/** Asks for a visitor who is not signed in and, if nothing is found, for the person who is. */
type FindFor = (exists: (actor: Actor | null) => Promise<boolean>) => Promise<boolean>

type Page = {
  pattern: RegExp
  query: z.ZodObject | undefined
  /** Whether the parts of the address name something that the visitor may see. */
  exists: ((parts: Texts, query: Texts, findFor: FindFor) => Promise<boolean>) | undefined
  /** Parameters that name a sermon, series, speaker or topic. */
  names: readonly ('sermon' | CollectionKind)[]
}

const exists: Record<string, Page['exists']> = {
  '/sermons/[slug]': ({ slug = '' }, _, findFor) =>
    findFor((actor) => isFound(findVisibleSermon(services(), { slug, actor }))),
  '/clips/[id]': ({ id = '' }, _, findFor) =>
    findFor(async (actor) => isUuid(id) && isFound(findVisibleClip(services(), { id, actor }))),
  '/series/[slug]': ({ slug = '' }, query) => isCollection('series', slug, query),
  '/speakers/[slug]': ({ slug = '' }, query) => isCollection('speaker', slug, query),
  '/topics/[slug]': ({ slug = '' }, query) => isCollection('topic', slug, query),
  '/years/[year]': async ({ year: written = '' }, query) => {
    const year = readYear(written)
    return year !== null && hasSermons({ year }, query)
  },
  '/bible/[book]': async ({ book = '' }) => bookBySlug(book) !== undefined,
  '/bible/[book]/[chapter]': async ({ book = '', chapter = '' }) =>
    /^\d{1,3}$/.test(chapter) && bookBySlug(book)?.verses[Number(chapter) - 1] !== undefined,
}

const names: Record<string, Page['names']> = {
  '/ask': ['sermon', 'series', 'speaker'],
  '/search': ['series', 'speaker', 'topic'],
  '/sermons': ['series', 'speaker', 'topic'],
}

/** Fixed addresses come before those with parts that vary, which would match them too. */
const paths = [...new Set([...Object.keys(pageQueries), ...Object.keys(exists)])].sort(
  (a, b) => a.split('[').length - b.split('[').length,
)

const pages: Page[] = paths.map((path) => ({
  pattern: new RegExp(`^${path.replace(/\[(\w+)\]/g, '(?<$1>[^/]+)')}$`),
  query: Object.entries(pageQueries).find(([own]) => own === path)?.[1],
  exists: exists[path],
  names: names[path] ?? [],
}))

/** What is wrong with the query of a page's address, as far as the address itself shows it; null when nothing is. */
export function checkQuery(url: URL): AddressProblem | null {
  const { query: schema } = pageOf(url) ?? {}
  const result = schema?.safeParse(withoutEmpty(readQuery(url.searchParams)))
  return result && !result.success ? { kind: 'refused', name: String(result.error.issues[0]?.path[0]) } : null
}

/**
 * What is wrong with the address of a page that `checkQuery` accepted: whether what it names exists for the visitor.
 * `readActor` reads who is signed in, and is called only for what is not public.
 */
export async function checkNamed(
  url: URL,
  readActor: () => Promise<Actor | null>,
): Promise<AddressProblem | null> {
  const page = pageOf(url)
  if (!page) return null
  const query = Object.fromEntries([...url.searchParams].filter(([, value]) => value !== ''))
  const findFor: FindFor = async (find) => {
    if (await find(null)) return true
    const actor = await readActor()
    return actor !== null && find(actor)
  }
  const parts = Object.entries(page.pattern.exec(url.pathname)?.groups ?? {})
  const decoded = parts.map(([name, part]) => [name, decodeURIComponent(part)] as const)
  if (!decoded.every(([, part]) => isStorable(part))) return { kind: 'not-found' }
  if (page.exists && !(await page.exists(Object.fromEntries(decoded), query, findFor))) {
    return { kind: 'not-found' }
  }
  for (const name of page.names) {
    const slug = query[name]
    if (slug === undefined) continue
    const isThere = await findFor((actor) => {
      const memberOf = actor?.memberships.map(({ churchId }) => churchId) ?? []
      const chosen = name === 'sermon' ? { slug } : collectionFilter(name, slug)
      return hasVisibleSermon(services(), { memberOf, ...chosen })
    })
    if (isThere) continue
    const moved = name === 'sermon' ? null : await findForwardedSlug(services(), { kind: name, slug })
    return moved === null ? { kind: 'refused', name } : { kind: 'moved', name, slug: moved }
  }
  return null
}

function pageOf({ pathname }: URL): Page | undefined {
  return pages.find(({ pattern }) => pattern.test(pathname))
}

async function isCollection(kind: CollectionKind, slug: string, query: Texts): Promise<boolean> {
  return (
    (await hasSermons(collectionFilter(kind, slug), query)) ||
    (await findForwardedSlug(services(), { kind, slug })) !== null
  )
}

async function hasSermons(filter: SermonFilter, { after }: Texts): Promise<boolean> {
  const { sermons } = await listPublishedSermons(services(), { ...filter, limit: 1, cursor: after })
  return sermons.length > 0
}

const isUuid = (id: string) => z.uuid().safeParse(id).success

async function isFound(found: Promise<unknown>): Promise<boolean> {
  try {
    await found
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return false
    throw error
  }
}
