import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import { visibleSermons } from '#lib/search/search-scope.ts'

/** A sermon, a series or a speaker that a question can be kept to. */
export type AskScopeOption = {
  kind: 'sermon' | 'series' | 'speaker'
  slug: string
  name: string
  /** The id of the sermon; null for the other kinds. */
  sermonId: string | null
}

const row = z.object({
  id: z.string(),
  slug: z.string(),
  title: z.string(),
  seriesSlug: z.string().nullable(),
  seriesName: z.string().nullable(),
  speakerSlug: z.string().nullable(),
  speakerName: z.string().nullable(),
})

/**
 * What questions can be kept to from a place in the library, narrowest first: the sermon with its series and
 * speaker, the series, or the speaker. Empty where the person may see no such sermon.
 */
export async function readAskScopeOptions(
  { db }: { db: Database },
  place: { sermon: string; series: string; speaker: string; memberOf: readonly string[] },
): Promise<AskScopeOption[]> {
  const { sermon, series, speaker, memberOf } = place
  if (sermon === '' && series === '' && speaker === '') return []
  const condition =
    sermon !== ''
      ? sql`s.slug = ${sermon}`
      : series !== ''
        ? sql`se.slug = ${series}`
        : sql`sp.slug = ${speaker}`
  const { rows } = await db.execute(sql`
    select s.id, s.slug, s.title, se.slug as "seriesSlug", se.title as "seriesName",
      sp.slug as "speakerSlug", sp.name as "speakerName"
    from sermons s left join series se on se.id = s.series_id left join speakers sp on sp.id = s.speaker_id
    where ${visibleSermons({ memberOf })} and ${condition} limit 1`)
  const [found] = z.array(row).parse(rows)
  if (!found) return []
  const options = scopeOptionsOfSermon({
    id: found.id,
    slug: found.slug,
    title: found.title,
    series: groupOf(found.seriesSlug, found.seriesName, (slug, title) => ({ slug, title })),
    speaker: groupOf(found.speakerSlug, found.speakerName, (slug, name) => ({ slug, name })),
  })
  if (sermon !== '') return options
  return options.filter(({ kind }) => kind === (series !== '' ? 'series' : 'speaker'))
}

function groupOf<Group>(
  slug: string | null,
  name: string | null,
  make: (slug: string, name: string) => Group,
): Group | null {
  return slug === null || name === null ? null : make(slug, name)
}

/** The sermon, its series and its speaker, as far as it has them. */
export function scopeOptionsOfSermon(sermon: {
  id: string
  slug: string
  title: string
  series: { slug: string; title: string } | null
  speaker: { slug: string; name: string } | null
}): AskScopeOption[] {
  const { id, slug, title, series, speaker } = sermon
  return [
    { kind: 'sermon', slug, name: title, sermonId: id },
    ...(series ? [{ kind: 'series', slug: series.slug, name: series.title, sermonId: null } as const] : []),
    ...(speaker
      ? [{ kind: 'speaker', slug: speaker.slug, name: speaker.name, sermonId: null } as const]
      : []),
  ]
}
