import { encodeImage, openImage } from '#lib/artwork/open-image.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { auditLog, podcasts } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import type { PodcastSettings } from '#lib/feeds/podcast-settings.ts'

const COVER_PX = 3000
const MIN_COVER_PX = 1400
const MAX_PIXELS = 100_000_000

type Who = { churchId: string; actorId: string }

/** Stores what a church says about its podcast. */
export async function savePodcastSettings(
  { db }: { db: Database },
  { churchId, actorId, settings }: Who & { settings: PodcastSettings },
): Promise<void> {
  await store(db, { churchId, actorId }, settings)
}

/**
 * Stores the church's own cover, as a JPEG of 3000 pixels; null goes back to the generated one. Throws
 * `unsupported_media` when it is no image, and `unprocessable` when it is too small or not square.
 */
export async function savePodcastCover(
  { db }: { db: Database },
  { churchId, actorId, image }: Who & { image: Uint8Array | null },
): Promise<void> {
  await store(db, { churchId, actorId }, { cover: image && (await toCover(image)) })
}

async function store(
  db: Database,
  { churchId, actorId }: Who,
  columns: Partial<typeof podcasts.$inferInsert>,
): Promise<void> {
  const set = { ...columns, updatedAt: new Date() }
  await db.transaction(async (tx) => {
    await tx
      .insert(podcasts)
      .values({ churchId, ...set })
      .onConflictDoUpdate({ target: podcasts.churchId, set })
    await tx.insert(auditLog).values({ churchId, actorId, action: 'podcast.changed', subject: churchId })
  })
}

async function toCover(image: Uint8Array): Promise<Buffer> {
  const { picture, widthPx, heightPx } = await openImage(image, { maxPixels: MAX_PIXELS })
  if (widthPx !== heightPx || widthPx < MIN_COVER_PX) {
    throw new AppError(
      'unprocessable',
      `This image is ${widthPx} × ${heightPx} pixels. Use a square one of at least ${MIN_COVER_PX} pixels.`,
      { reason: 'podcast.cover_size' },
    )
  }
  const cover = picture
    .resize(COVER_PX, COVER_PX)
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .jpeg({ quality: 84 })
  return (await encodeImage(cover)).bytes
}
