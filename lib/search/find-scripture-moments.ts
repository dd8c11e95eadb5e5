import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import type { VerseRange } from '#lib/scripture/verse-range.ts'
import { type SearchScope, visibleSermons } from './search-scope.ts'

/** Where the transcript of a sermon names the wanted verses. */
export type ScriptureMoments = {
  /** How well its strongest reference fits, 0 to 1: less than any reference in the details of a sermon. */
  fit: number
  /** The passages that name the verses: those that expound them first, the others in their order. */
  passageIds: string[]
}

/** From this fit a sermon is about the verses, and does not only mention them. */
export const READ_FIT = 0.5
/** From this fit the transcript names the verses where the sermon expounds them. */
export const EXPOUNDED_FIT = 0.7
const fits = { expounded: EXPOUNDED_FIT, read: READ_FIT, mentioned: 0.2 } as const
const MAX_MOMENTS = 2000

const row = z.object({
  sermonId: z.string(),
  kind: z.enum(['expounded', 'read', 'mentioned']),
  passageId: z.string().nullable(),
})

/** The visible sermons that expound, read or mention any of the verses in their transcript, by id. */
export async function findScriptureMoments(
  db: Database,
  references: readonly VerseRange[],
  scope: SearchScope,
): Promise<Map<string, ScriptureMoments>> {
  const found = new Map<string, ScriptureMoments>()
  if (references.length === 0) return found
  const wanted = sql.join(
    references.map(({ start, end }) => sql`(r.first_verse <= ${end} and r.last_verse >= ${start})`),
    sql` or `,
  )
  const { rows } = await db.execute(sql`
    select r.sermon_id as "sermonId", r.kind, p.id as "passageId"
    from scripture_refs r
    join sermons s on s.id = r.sermon_id
    left join passages p on p.transcript_id = r.transcript_id
      and r.first_word between p.first_word and p.last_word
    where r.source = 'transcript' and (${wanted}) and ${visibleSermons(scope)}
    order by array_position(array['expounded', 'read', 'mentioned'], r.kind), r.sermon_id, r.first_word
    limit ${MAX_MOMENTS}`)
  for (const { sermonId, kind, passageId } of z.array(row).parse(rows)) {
    const known = found.get(sermonId) ?? { fit: fits[kind], passageIds: [] }
    found.set(sermonId, known)
    if (passageId !== null && !known.passageIds.includes(passageId)) known.passageIds.push(passageId)
  }
  return found
}
