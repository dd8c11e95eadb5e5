import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import { namedSermonRow } from '#lib/questions/find-linked-sermon.ts'
import type { PassageHit } from '#lib/search/search-passages.ts'
import { type SearchScope, visibleSermons } from '#lib/search/search-scope.ts'
import type { ListedSermon, ListedSpeaker } from './answer.ts'

const MAX_LISTED = 10
/** The least share of the best score for a sermon on the subject. */
const LEAST_SCORE = 0.4
const LEAST_HEADING = 0.5

/** The sermons of the hits that are on the subject and do not only touch on it, best first. */
export function listSermonsOnSubject(hits: readonly PassageHit[]): ListedSermon[] {
  const sermons = new Map<string, ListedSermon>()
  for (const { sermonId, slug, title, speaker, series, scripture, ...hit } of hits) {
    const isOnSubject = hit.scriptureFit > 0 || hit.heading >= LEAST_HEADING || hit.score >= LEAST_SCORE
    if (!isOnSubject || sermons.has(sermonId) || sermons.size === MAX_LISTED) continue
    sermons.set(sermonId, { sermonId, slug, title, speaker, series, scripture })
  }
  return [...sermons.values()]
}

/** The visible sermons of some speakers, the latest first. */
export async function listSermonsOfSpeakers(
  { db }: { db: Database },
  { names, scope }: { names: ReadonlySet<string>; scope: SearchScope },
): Promise<ListedSermon[]> {
  const { rows } = await db.execute(sql`
    select s.id as "sermonId", s.slug, s.title, sp.name as speaker, se.title as series,
      s.scripture
    from sermons s
    join speakers sp on sp.id = s.speaker_id
    left join series se on se.id = s.series_id
    where sp.name = any(${sql.param([...names])}::text[]) and ${visibleSermons(scope)}
    order by s.preached_on desc nulls last, s.created_at desc, s.id
    limit ${MAX_LISTED}`)
  return z.array(namedSermonRow).parse(rows)
}

const row = z.object({ sermonId: z.string(), name: z.string(), slug: z.string() })

/** Who preached the sermons: most sermons first, and in their order among equals. */
export async function listSpeakers(
  { db }: { db: Database },
  sermons: readonly ListedSermon[],
): Promise<ListedSpeaker[]> {
  const { rows } = await db.execute(sql`
    select s.id as "sermonId", sp.name, sp.slug
    from sermons s join speakers sp on sp.id = s.speaker_id
    where s.id = any(${sql.param(sermons.map(({ sermonId }) => sermonId))}::uuid[])`)
  const speakerOf = new Map(
    z
      .array(row)
      .parse(rows)
      .map(({ sermonId, ...speaker }) => [sermonId, speaker]),
  )
  const speakers = new Map<string, ListedSpeaker>()
  for (const sermon of sermons) {
    const speaker = speakerOf.get(sermon.sermonId)
    if (!speaker) continue
    const listed = speakers.get(speaker.slug) ?? { ...speaker, sermons: [] }
    listed.sermons.push(sermon)
    speakers.set(speaker.slug, listed)
  }
  return [...speakers.values()].sort((a, b) => b.sermons.length - a.sermons.length)
}
