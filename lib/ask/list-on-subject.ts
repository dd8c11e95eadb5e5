import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import type { PassageHit } from '#lib/search/search-passages.ts'
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
