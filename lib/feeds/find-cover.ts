import { and, eq } from 'drizzle-orm'
import { type CoverKind, coverVersion } from '#lib/artwork/artwork-address.ts'
import { type CoverSubject, drawCover } from '#lib/artwork/draw-cover.ts'
import { keepDrawn } from '#lib/artwork/keep-drawn.ts'
import { sermonCoverWords } from '#lib/artwork/sermon-cover-words.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { podcasts } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { hasPublished } from '#lib/feeds/find-feed-subject.ts'
import { churchCoverVersion, findFeedChurch } from '#lib/feeds/podcast-settings.ts'
import { collectionNames, collectionTables } from '#lib/sermons/collections.ts'
import { findPublicSermon } from '#lib/sermons/find-public-sermon.ts'

const FEED_COVER_PX = 3000
const SERMON_COVER_PX = 1400

type Cover = { version: string; draw: () => Promise<Uint8Array<ArrayBuffer>> }

const notHere = () => new AppError('not_found', 'There is no cover at this address.')

/**
 * The cover of a church, a series, a speaker, a topic or a published sermon. `draw` gives it as a JPEG. Throws
 * `not_found`, also for a series, speaker or topic without a published sermon.
 */
export async function findCover(
  { db }: { db: Database },
  { kind, id }: { kind: CoverKind; id: string },
): Promise<Cover> {
  if (kind === 'sermon') {
    const sermon = await findPublicSermon({ db }, { id })
    const family = sermon.series?.title ?? sermon.title
    return drawn(
      { kind: 'sermon', sermon: { title: sermon.title, reference: sermon.scripture, family } },
      {
        version: coverVersion(sermonCoverWords(sermon, sermon.series?.title ?? null)),
        sizePx: SERMON_COVER_PX,
      },
    )
  }
  if (kind === 'church') {
    const church = await findFeedChurch({ db }, { churchId: id })
    if (!church) throw notHere()
    const version = churchCoverVersion(church)
    if (church.hasCover) return { version, draw: () => readOwnCover(db, id) }
    return drawn({ kind: 'name', name: church.name }, { version, sizePx: FEED_COVER_PX })
  }
  const table = collectionTables[kind]
  const [row] = await db
    .select({ name: collectionNames[kind] })
    .from(table)
    .where(and(eq(table.id, id), hasPublished(kind)))
  if (!row) throw notHere()
  return drawn({ kind: 'name', name: row.name }, { version: coverVersion([row.name]), sizePx: FEED_COVER_PX })
}

function drawn(subject: CoverSubject, { version, sizePx }: { version: string; sizePx: number }): Cover {
  return { version, draw: () => keepDrawn(`${version} ${sizePx}`, () => drawCover(subject, sizePx)) }
}

async function readOwnCover(db: Database, churchId: string): Promise<Uint8Array<ArrayBuffer>> {
  const [row] = await db
    .select({ cover: podcasts.cover })
    .from(podcasts)
    .where(eq(podcasts.churchId, churchId))
  if (!row?.cover) throw notHere()
  return new Uint8Array(row.cover)
}
