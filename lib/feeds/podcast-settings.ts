import { eq, getTableColumns, sql } from 'drizzle-orm'
import { z } from 'zod'
import { coverVersion } from '#lib/artwork/artwork-address.ts'
import type { DatabaseOrTransaction } from '#lib/db/connect-database.ts'
import { churches, churchProfiles, podcasts } from '#lib/db/schema.ts'
import { podcastCategories } from '#lib/feeds/podcast-categories.ts'
import { textBlock, textKey, textLine } from '#lib/text/text-input.ts'

/** What a church says about its podcast. An empty text means that it says nothing. */
export const podcastSettingsSchema = z.object({
  description: textBlock({ name: 'description', max: 4000 }),
  author: textLine({ name: 'author', max: 200 }),
  ownerEmail: z.union([z.literal(''), z.email('Give a valid email address.').max(254)]),
  category: z.enum(podcastCategories),
  language: textKey({ name: 'language', max: 12 }).refine(
    (tag) => /^[a-z]{2,3}(-[a-z0-9]{2,8})?$/i.test(tag),
    'Give the language as a code, such as en or pt-BR.',
  ),
  isExplicit: z.boolean(),
  isLocked: z.boolean(),
  appleCode: textLine({ name: 'code', max: 200 }),
})

export type PodcastSettings = z.infer<typeof podcastSettingsSchema>

export type FeedChurch = {
  id: string
  name: string
  timeZone: string
  /** What the church says about itself; empty for nothing. */
  about: string
  podcast: PodcastSettings
  /** When the settings were changed; null for a church that uses the defaults. */
  changedAt: string | null
  hasCover: boolean
}

const defaults: PodcastSettings = {
  description: '',
  author: '',
  ownerEmail: '',
  category: 'Religion & Spirituality > Christianity',
  language: 'en',
  isExplicit: false,
  isLocked: true,
  appleCode: '',
}

/** A church as its feeds show it: the given one, or the first of the installation. Null where there is none. */
export async function findFeedChurch(
  { db }: { db: DatabaseOrTransaction },
  { churchId }: { churchId?: string } = {},
): Promise<FeedChurch | null> {
  // The image itself is large, and needed only where it is shown.
  const { cover, ...columns } = getTableColumns(podcasts)
  const [row] = await db
    .select({
      church: churches,
      about: churchProfiles.description,
      podcast: columns,
      hasCover: sql<boolean>`${cover} is not null`,
    })
    .from(churches)
    .leftJoin(churchProfiles, eq(churchProfiles.churchId, churches.id))
    .leftJoin(podcasts, eq(podcasts.churchId, churches.id))
    .where(churchId === undefined ? undefined : eq(churches.id, churchId))
    .orderBy(churches.createdAt)
    .limit(1)
  if (!row) return null
  const { church, about, podcast, hasCover } = row
  return {
    id: church.id,
    name: church.name,
    timeZone: church.timeZone,
    about: about ?? '',
    podcast: podcast ? podcastSettingsSchema.parse(podcast) : { ...defaults, language: church.language },
    changedAt: podcast?.updatedAt.toISOString() ?? null,
    hasCover,
  }
}

/** The version of the cover of a church: of its name, or of the image it chose. */
export function churchCoverVersion({ name, hasCover, changedAt }: FeedChurch): string {
  return coverVersion(hasCover ? [changedAt ?? ''] : [name])
}
