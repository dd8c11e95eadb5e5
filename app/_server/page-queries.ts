import { z } from 'zod'
import { MAX_QUESTION, MAX_SLUG, scopeKinds } from '#components/ask/ask-address.ts'
import { figureWindows } from '#components/jobs/figure-windows.ts'
import { runViews } from '#components/jobs/run-views.ts'
import { runWindows } from '#components/jobs/run-windows.ts'
import { LONGEST_PLAYLIST_NAME, MAX_PLAYLIST_TRACKS } from '#components/library/playlist-limits.ts'
import { linkTypes } from '#lib/auth/sign-in-link.ts'
import { deadLetterFilterSchema } from '#lib/dead-letters/list-dead-letters.ts'
import { eventFilterSchema } from '#lib/events/list-events.ts'
import { chooseDestination } from '#lib/http/choose-destination.ts'
import { startQuery } from '#lib/listening/start-query.ts'
import { runFilterSchema } from '#lib/runs/list-runs.ts'
import { searchQuery } from '#lib/search/search-address.ts'
import { cursorQuery } from '#lib/sermons/page-cursor.ts'
import { sermonFilterQuery } from '#lib/sermons/sermon-filter-query.ts'
import { textKey, textLine } from '#lib/text/text-input.ts'

const question = textLine({ name: 'question', max: MAX_QUESTION })
const slug = (name: string) => textKey({ name, max: MAX_SLUG })
/** What a link of ours adds to an address, and a person never types. */
const note = textKey({ name: 'address', max: 2000 })
const collection = z.object({ after: cursorQuery('newest') }).partial()
/** The types of emails that lead to a new password. */
const passwordTypes = ['invite', 'recovery'] as const
/** An operator's page of one of the person's churches. */
const jobs = z.object({ church: z.uuid() }).partial()
const runFilter = runFilterSchema
  .omit({ limit: true })
  .extend({ when: z.enum([...Object.keys(runWindows), 'between']) })

/**
 * What each page accepts in the query of its address; every parameter may be left out or empty. The proxy answers a
 * value that is not accepted with 400. Parameters that a page does not name are ignored.
 */
export const pageQueries = {
  '/': collection,
  '/sermons': sermonFilterQuery.extend({ after: cursorQuery('newest') }).partial(),
  '/sermons/[slug]': z.object({ t: startQuery }).partial(),
  // Where a frame of the series on another site begins.
  '/series/[slug]': collection.extend({ sermon: slug('sermon'), t: startQuery }).partial(),
  '/speakers/[slug]': collection,
  '/topics/[slug]': collection,
  '/years/[year]': collection,
  '/playlist': z
    .object({
      name: textLine({ name: 'name', max: LONGEST_PLAYLIST_NAME }),
      sermon: z.union([slug('sermon'), z.array(slug('sermon')).max(MAX_PLAYLIST_TRACKS)]),
    })
    .partial(),
  '/search': searchQuery,
  '/ask': z
    .object({
      q: question,
      earlier: z.union([question, z.array(question)]),
      sermon: slug('sermon'),
      series: slug('series'),
      speaker: slug('speaker'),
      scope: z.enum(scopeKinds),
    })
    .partial(),
  '/sign-in': z
    .object({ next: note.refine((path) => chooseDestination(path, '') !== ''), error: note })
    .partial(),
  '/sign-in/link': z
    .object({
      next: note.refine((path) => chooseDestination(path, '') !== ''),
      error: note,
      sent: z.literal('1'),
    })
    .partial(),
  // Hosted Auth writes the whole address of the page to open next into its emails.
  '/auth/confirm': z
    .object({ token_hash: note, type: z.enum([...linkTypes, ...passwordTypes]), next: note })
    .partial(),
  '/account': z.object({ error: note }).partial(),
  '/set-up': z.object({ token: note }).partial(),
  '/password': z
    .object({ token: note, kind: z.enum(['invite', 'recovery']), sent: z.literal('1'), error: note })
    .partial(),
  '/dashboard': z
    .object({ q: textLine({ name: 'search text', max: 100 }), cursor: cursorQuery('time') })
    .partial(),
  '/dashboard/trash': z.object({ cursor: cursorQuery('time') }).partial(),
  '/dashboard/questions': z.object({ show: z.enum(['open', 'answered']) }).partial(),
  '/dashboard/podcast': z.object({ check: note }).partial(),
  '/dashboard/jobs': jobs.extend(runFilter.shape).partial(),
  // A step that is not there any more was cleared, and the page shows its run.
  '/dashboard/jobs/[runId]': jobs
    .extend({ step: note, show: z.enum(runViews.map(({ value }) => value)) })
    .partial(),
  '/dashboard/jobs/events': jobs
    .extend(eventFilterSchema.pick({ state: true, cursor: true }).shape)
    .partial(),
  '/dashboard/jobs/dead-letters': jobs
    .extend(deadLetterFilterSchema.pick({ state: true, cursor: true }).shape)
    .partial(),
  '/dashboard/jobs/dead-letters/[fingerprint]': jobs
    .extend(deadLetterFilterSchema.pick({ state: true, cursor: true }).shape)
    .partial(),
  '/dashboard/jobs/errors': jobs,
  '/dashboard/jobs/figures': jobs
    .extend({ window: z.enum(figureWindows.map(({ short }) => short)) })
    .partial(),
  '/dashboard/jobs/files': jobs,
  '/dashboard/jobs/queues': jobs,
} satisfies Record<string, z.ZodObject>

type PageQueries = typeof pageQueries

/** The query of an address as Next.js gives it to a page. */
export type SearchParams = Promise<Record<string, string | string[] | undefined>>

/** The parameters of an address without the empty ones: a form sends those too. */
export function withoutEmpty(query: Record<string, string | string[] | undefined>) {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''))
}

/** Reads the query of a page, which the proxy has accepted. */
export async function readPageQuery<Path extends keyof PageQueries>(
  path: Path,
  searchParams: SearchParams,
): Promise<z.infer<PageQueries[Path]>> {
  return pageQueries[path].parse(withoutEmpty(await searchParams)) as z.infer<PageQueries[Path]>
}
