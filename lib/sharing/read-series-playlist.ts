import type { Database } from '#lib/db/connect-database.ts'
import { AppError } from '#lib/errors.ts'
import { findForwardedSlug } from '#lib/sermons/collections.ts'
import { listPublishedSermons } from '#lib/sermons/list-sermons.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'

const PAGE_SIZE = 100
const MAX_SERMONS = 500

/** The published sermons of a series, in the order in which they were preached; the newest 500 of a longer one. */
export type SeriesPlaylist = { id: string; slug: string; title: string; sermons: SermonView[] }

/**
 * The series at an address, which may be an earlier address of it. Throws `not_found` for one without a published
 * sermon.
 */
export async function readSeriesPlaylist(
  services: { db: Database },
  { slug }: { slug: string },
): Promise<SeriesPlaylist> {
  const found = await listNewestFirst(services, slug)
  const [newest] = found
  if (newest?.series) return { ...newest.series, sermons: oldestFirst(found) }
  const forwarded = await findForwardedSlug(services, { kind: 'series', slug })
  if (forwarded === null || forwarded === slug) {
    throw new AppError('not_found', 'There is no series at this address.')
  }
  return readSeriesPlaylist(services, { slug: forwarded })
}

/** Sermons without a day come last in both orders. */
function oldestFirst(newestFirst: readonly SermonView[]): SermonView[] {
  const reversed = newestFirst.toReversed()
  return [
    ...reversed.filter(({ preachedOn }) => preachedOn !== null),
    ...reversed.filter(({ preachedOn }) => preachedOn === null),
  ]
}

async function listNewestFirst(services: { db: Database }, seriesSlug: string): Promise<SermonView[]> {
  const found: SermonView[] = []
  let cursor: string | undefined
  do {
    const page = await listPublishedSermons(services, { seriesSlug, limit: PAGE_SIZE, cursor })
    found.push(...page.sermons)
    cursor = page.next ?? undefined
  } while (cursor !== undefined && found.length < MAX_SERMONS)
  return found
}
